package io.tasklane.benchmark.peer;

import io.tasklane.TaskClient;
import io.tasklane.TaskOptions;
import io.tasklane.TaskRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A running application with Tasklane. */
public final class TasklaneNode implements Node {

    private final ConfigurableApplicationContext context;

    private final TaskClient client;

    private final BenchmarkTasks tasks;

    private final TransactionTemplate transactions;

    TasklaneNode(ConfigurableApplicationContext context, TaskClient client, BenchmarkTasks tasks) {
        this.context = context;
        this.client = client;
        this.tasks = tasks;
        this.transactions = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    @Override
    public void enqueue(int task) {
        this.tasks.run(task);
    }

    @Override
    public long enqueueTimed(int task) {
        return timed(() -> this.tasks.run(task));
    }

    /** Enqueues one task, does something before the transaction ends, and returns when it was committed. */
    public long enqueueThen(int task, Runnable beforeCommit) {
        return timed(() -> {
            this.tasks.run(task);
            beforeCommit.run();
        });
    }

    /** Enqueues one task with a priority above all others, and returns when it was committed. */
    public long enqueueUrgent(int task) {
        return timed(() -> this.client.with(options -> options.priority(100)).enqueue(() -> this.tasks.run(task)));
    }

    // As in an application: the call joins the caller's transaction, and the caller learns of its commit.
    private long timed(Runnable call) {
        CommitTime committed = new CommitTime();
        this.transactions.executeWithoutResult(status -> {
            TransactionSynchronizationManager.registerSynchronization(committed);
            call.run();
        });
        return committed.nanos;
    }

    @Override
    public void enqueueAll(int from, int to) {
        this.client.batch(() -> enqueueEach(from, to));
    }

    /** Enqueues tasks that are not due before the delay has passed. */
    public void enqueueAllLater(int from, int to, Duration delay) {
        Consumer<TaskOptions> later = options -> options.delay(delay);
        this.client.with(later).batch(() -> enqueueEach(from, to));
    }

    private void enqueueEach(int from, int to) {
        for (int task = from; task < to; task++) {
            this.tasks.run(task);
        }
    }

    /** Enqueues tasks that no node here can run, at the place that their time gives them. */
    public void enqueueForeign(int count) {
        List<TaskRequest> requests = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            requests.add(
                    TaskRequest.named("elsewhere").queue(BenchmarkTasks.QUEUE).argument("task", i));
        }
        this.client.enqueueAll(requests);
    }

    /** Starts the workers, which the property {@code auto-startup} has held back until now. */
    @Override
    public void start() {
        this.context.start();
    }

    @Override
    public void close() {
        this.context.close();
    }

    private static final class CommitTime implements TransactionSynchronization {

        private long nanos;

        @Override
        public void afterCommit() {
            this.nanos = System.nanoTime();
        }
    }
}
