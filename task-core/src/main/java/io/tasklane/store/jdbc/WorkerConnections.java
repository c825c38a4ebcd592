package io.tasklane.store.jdbc;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The connections that a worker uses: at most so many of the pool at once for claims, completions and maintenance, and one that
 * is kept for heartbeats, recovery and notices.
 */
final class WorkerConnections implements AutoCloseable {

    private final OwnTransactions transactions;

    private final Semaphore permits;

    private final @Nullable KeptConnection kept;

    WorkerConnections(DataSource pool, TaskSqlDialects dialects, JdbcStoreSettings settings) {
        this.transactions = new OwnTransactions(pool, dialects, new NetworkTimeout(NetworkTimeout.PATIENCE));
        DataSource unpooled = settings.unpooled();
        if (unpooled != null) {
            this.kept = new KeptConnection(unpooled, dialects);
            this.permits = new Semaphore(settings.workerConnections(), true);
        } else if (settings.workerConnections() > 1) {
            this.kept = new KeptConnection(pool, dialects);
            this.permits = new Semaphore(settings.workerConnections() - 1, true);
        } else {
            this.kept = null;
            this.permits = new Semaphore(1, true);
        }
    }

    /** Runs a claim, completions or maintenance. */
    <T extends @Nullable Object> T execute(String doing, SqlWork<T> work) {
        return permitted(() -> this.transactions.execute(doing, work));
    }

    /** The same for a single statement, which commits by itself where the pool's connections do. */
    <T extends @Nullable Object> T executeStatement(String doing, SqlWork<T> statement) {
        return permitted(() -> this.transactions.executeStatement(doing, statement));
    }

    boolean movesAreStatements() {
        return this.transactions.movesAreStatements();
    }

    private <T extends @Nullable Object> T permitted(Supplier<T> work) {
        this.permits.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            this.permits.release();
        }
    }

    /** Runs a heartbeat or recovery. */
    <T extends @Nullable Object> T executeKept(String doing, SqlWork<T> work) {
        return this.kept != null ? this.kept.execute(doing, work) : execute(doing, work);
    }

    /** Runs a single statement beside heartbeats and recovery. */
    <T extends @Nullable Object> T executeKeptStatement(String doing, SqlWork<T> statement) {
        return this.kept != null ? this.kept.executeStatement(doing, statement) : execute(doing, statement);
    }

    @Override
    public void close() {
        if (this.kept != null) {
            this.kept.close();
        }
    }
}
