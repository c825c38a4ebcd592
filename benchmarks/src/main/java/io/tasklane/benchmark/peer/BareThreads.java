package io.tasklane.benchmark.peer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Threads that do a step again and again until they are stopped. */
final class BareThreads implements AutoCloseable {

    private final List<Thread> threads = new ArrayList<>();

    private volatile boolean stopped;

    private volatile @Nullable Exception failure;

    boolean isStopped() {
        return this.stopped;
    }

    void start(String name, Step loop) {
        Thread thread = new Thread(
                () -> {
                    try {
                        loop.run();
                    } catch (Exception ex) {
                        this.failure = ex;
                    }
                },
                name);
        this.threads.add(thread);
        thread.start();
    }

    /**
     * Lets each loop see that it is to end, and waits for it.
     *
     * @throws IllegalStateException if one of them has failed
     */
    @Override
    public void close() throws InterruptedException {
        this.stopped = true;
        for (Thread thread : this.threads) {
            thread.join();
        }
        if (this.failure != null) {
            throw new IllegalStateException("A thread has failed", this.failure);
        }
    }

    /** What a thread does until it ends. */
    @FunctionalInterface
    interface Step {

        void run() throws Exception;
    }
}
