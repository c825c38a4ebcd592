package io.tasklane.actuate.autoconfigure;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * Owns the thread that reads the statistics. No bean of type Executor, because such a bean would make Spring Boot leave out
 * the application's own.
 */
final class QueueStatisticsThreads implements AutoCloseable {

    private static final Duration TERMINATION = Duration.ofSeconds(1);

    private final SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("tasklane-meters-");

    QueueStatisticsThreads() {
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
