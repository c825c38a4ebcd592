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

    private final String name;

    private final ExecutorService executor;

    TaskThreads(String container, WorkerThreads kind) {
        this("task-" + container, executor("task-" + container + "-", kind));
    }

    TaskThreads(String name, ExecutorService executor) {
        this.name = name;
        this.executor = executor;
    }

    private static ExecutorService executor(String prefix, WorkerThreads kind) {
        ThreadFactory factory = kind == WorkerThreads.VIRTUAL
                ? new VirtualThreadTaskExecutor(prefix).getVirtualThreadFactory()
                : platform(prefix);
        // Virtual threads are not kept: with no time to idle each runs one task.
        long idle = kind == WorkerThreads.VIRTUAL ? 0 : IDLE.toMillis();
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, idle, TimeUnit.MILLISECONDS, new SynchronousQueue<>(), factory);
    }

    /** What the names of the threads begin with. */
    String name() {
        return this.name;
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
