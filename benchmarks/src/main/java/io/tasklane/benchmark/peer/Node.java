package io.tasklane.benchmark.peer;

/** A peer at work on one database: it produces, and once started it consumes. */
public interface Node extends AutoCloseable {

    /** Tasks in one transaction of a bulk enqueue. */
    int BULK = 5_000;

    /** Enqueues one task in a transaction of its own. Called by many threads. */
    void enqueue(int task) throws Exception;

    /**
     * Enqueues one task in a transaction of its own, and returns when it was committed, as {@link System#nanoTime()}: as close
     * to the commit as the peer lets a caller see it.
     */
    default long enqueueTimed(int task) throws Exception {
        enqueue(task);
        return System.nanoTime();
    }

    /** Enqueues the tasks from the first to before the second number in one transaction, by the peer's best means. */
    void enqueueAll(int from, int to) throws Exception;

    /** Writes a backlog that is not measured, by {@link #enqueueAll} unless the peer is too slow for that. */
    default void fill(int from, int to) throws Exception {
        for (int start = from; start < to; start += BULK) {
            enqueueAll(start, Math.min(to, start + BULK));
        }
    }

    /** Begins to run tasks. */
    void start() throws Exception;

    /** Stops in good order, and gives everything back. */
    @Override
    void close() throws Exception;
}
