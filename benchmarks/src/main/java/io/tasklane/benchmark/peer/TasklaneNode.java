package io.tasklane.benchmark.peer;

import io.tasklane.TaskClient;
import io.tasklane.TaskOptions;
import io.tasklane.TaskRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
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

    /** Enqueues tasks of the name for which a limit can be configured. */
    public void fillLimited(int from, int to) {
        fill(from, to, this.tasks::limited);
    }

    /** Enqueues tasks of so many keys in turn. */
    public void fillKeyed(int from, int to, int keys) {
        fill(from, to, task -> this.tasks.keyed(task % keys, task));
    }

    /** Enqueues tasks that take turns with those of other tenants. */
    public void fillFair(String tenant, int from, int to) {
        fill(from, to, task -> this.tasks.fair(tenant, task));
    }

    /** Enqueues a few tasks that take turns with those of other tenants in one transaction, and returns when it was committed. */
    public long enqueueFair(String tenant, int from, int to) {
        return timed(() -> this.client.batch(() -> each(from, to, task -> this.tasks.fair(tenant, task))));
    }

    /** Enqueues tasks in a queue. */
    public void fillQueue(String queue, int from, int to) {
        for (int start = from; start < to; start += BULK) {
            int first = start;
            this.client
                    .with(options -> options.queue(queue))
                    .batch(() -> enqueueEach(first, Math.min(to, first + BULK)));
        }
    }

    private void fill(int from, int to, IntConsumer call) {
        for (int start = from; start < to; start += BULK) {
            int first = start;
            this.client.batch(() -> each(first, Math.min(to, first + BULK), call));
        }
    }

    private static void each(int from, int to, IntConsumer call) {
        for (int task = from; task < to; task++) {
            call.accept(task);
        }
    }

    private void enqueueEach(int from, int to) {
        each(from, to, this.tasks::run);
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
