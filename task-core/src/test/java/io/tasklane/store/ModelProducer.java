package io.tasklane.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/** Inserts in a transaction that stays open while others work: on a thread of its own, to which Spring binds it. */
final class ModelProducer implements AutoCloseable {

    private final TaskStore store;

    private final PlatformTransactionManager manager;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    private final List<ModelTask> inserted = new ArrayList<>();

    private @Nullable TransactionStatus transaction;

    ModelProducer(TaskStore store, PlatformTransactionManager manager) {
        this.store = store;
        this.manager = manager;
    }

    void insert(List<ModelTask> tasks) throws Exception {
        await(() -> {
            if (this.transaction == null) {
                this.transaction = this.manager.getTransaction(new DefaultTransactionDefinition());
            }
            this.store.insert(tasks.stream().map(task -> task.task).toList(), committed -> {});
            return this.inserted.addAll(tasks);
        });
    }

    /** Returns what is committed by it. */
    List<ModelTask> end(boolean commit) throws Exception {
        return await(() -> {
            TransactionStatus ending = this.transaction;
            if (ending == null) {
                return List.of();
            }
            this.transaction = null;
            List<ModelTask> all = List.copyOf(this.inserted);
            this.inserted.clear();
            if (commit) {
                this.manager.commit(ending);
                return all;
            }
            this.manager.rollback(ending);
            return List.of();
        });
    }

    private <T> T await(Callable<T> work) throws Exception {
        try {
            return this.thread.submit(work).get(60, TimeUnit.SECONDS);
        } catch (ExecutionException ex) {
            throw ex.getCause() instanceof Exception cause ? cause : ex;
        }
    }

    @Override
    public void close() throws Exception {
        try {
            end(false);
        } finally {
            this.thread.shutdownNow();
        }
    }
}
