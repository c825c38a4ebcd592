package io.tasklane.worker;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
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

    private final Executor executor;

    private final Runnable end;

    private TaskThreads(String name, Executor executor, Runnable end) {
        this.name = name;
        this.executor = executor;
        this.end = end;
    }

    TaskThreads(String name, ExecutorService executor) {
        this(name, executor, executor::shutdown);
    }

    /** The threads of a container; those of an executor of the application are not ended with it. */
    static TaskThreads of(String container, WorkerThreads threads, TaskExecutors executors) {
        String name = "task-" + container;
        return switch (threads.kind()) {
            case PLATFORM -> new TaskThreads(name, pool(IDLE, platform(name + "-")));
            // Virtual threads are not kept: with no time to idle each runs one task.
            case VIRTUAL ->
                new TaskThreads(
                        name, pool(Duration.ZERO, new VirtualThreadTaskExecutor(name + "-").getVirtualThreadFactory()));
            case INLINE -> new TaskThreads(name, Runnable::run, () -> {});
            case BEAN -> new TaskThreads(name, executors.get(Objects.requireNonNull(threads.bean())), () -> {});
        };
    }

    private static ExecutorService pool(Duration idle, ThreadFactory factory) {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, idle.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), factory);
    }

    /** What the names of the threads begin with. */
    String name() {
        return this.name;
    }

    /** Runs it on a thread of its own. Throws what a JVM throws that is out of threads, and what an executor does that is full. */
    void run(Runnable task) {
        this.executor.execute(task);
    }

    /** Ends the threads; those that still run a task end after it. */
    void close() {
        this.end.run();
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
