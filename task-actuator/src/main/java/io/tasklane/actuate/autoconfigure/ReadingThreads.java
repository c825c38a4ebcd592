package io.tasklane.actuate.autoconfigure;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * Owns the thread of a cached reading. No bean of type Executor, because such a bean would make Spring Boot leave out
 * the application's own.
 */
final class ReadingThreads implements AutoCloseable {

    private static final Duration TERMINATION = Duration.ofSeconds(1);

    private final SimpleAsyncTaskExecutor executor;

    ReadingThreads(String namePrefix) {
        this.executor = new SimpleAsyncTaskExecutor(namePrefix);
        this.executor.setDaemon(true);
        this.executor.setTaskTerminationTimeout(TERMINATION.toMillis());
    }

    Executor executor() {
        return this.executor;
    }

    @Override
    public void close() {
        this.executor.close();
    }
}
