package io.tasklane;

/** A queue cannot be deleted because of the tasks in it. */
public class QueueInUseException extends TaskException {

    private final String queue;

    private final long waiting;

    private final long running;

    /**
     * Creates the exception.
     *
     * @param queue name of the queue
     * @param waiting number of its tasks that are SCHEDULED, BLOCKED or QUEUED
     * @param running number of its tasks that are RUNNING
     */
    public QueueInUseException(String queue, long waiting, long running) {
        super(("Queue '%s' is not deleted: %d of its tasks run and %d wait. Pause it and let the running ones end; then"
                        + " delete it with RemainingTasks.DELETE, or at once with RemainingTasks.KEEP")
                .formatted(queue, running, waiting));
        this.queue = queue;
        this.waiting = waiting;
        this.running = running;
    }

    /** Name of the queue. */
    public String queue() {
        return this.queue;
    }

    /** Number of its tasks that are SCHEDULED, BLOCKED or QUEUED. */
    public long waiting() {
        return this.waiting;
    }

    /** Number of its tasks that are RUNNING. */
    public long running() {
        return this.running;
    }
}
