package io.tasklane.worker;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/** The threads on which the tasks of one container run. Has no limit of its own: the container's slots are the limit. */
final class TaskThreads {

    private static final Duration IDLE = Duration.ofSeconds(60);

    private final ExecutorService executor;

    TaskThreads(String container, WorkerThreads kind) {
        String prefix = "task-" + container + "-";
        ThreadFactory factory = kind == WorkerThreads.VIRTUAL
                ? new VirtualThreadTaskExecutor(prefix).getVirtualThreadFactory()
                : platform(prefix);
        // Virtual threads are not kept: with no time to idle each runs one task.
        long idle = kind == WorkerThreads.VIRTUAL ? 0 : IDLE.toMillis();
        this.executor = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, idle, TimeUnit.MILLISECONDS, new SynchronousQueue<>(), factory);
    }

    /** Runs it on a thread of its own. Throws what a JVM throws that is out of threads. */
    void run(Runnable task) {
        this.executor.execute(task);
    }

    /** Ends the threads; those that still run a task end after it. */
    void close() {
        this.executor.shutdown();
    }

    private static ThreadFactory platform(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return body -> {
            Thread thread = new Thread(body, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
