package io.tasklane.store.jdbc;

import java.sql.SQLException;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** The transactions of a worker, one after the other where the database does not let workers claim side by side. */
final class ClaimLocking {

    private final WorkerConnections connections;

    ClaimLocking(WorkerConnections connections) {
        this.connections = connections;
    }

    /**
     * Runs work in a transaction.
     *
     * @param exclusive whether it takes tasks that another worker might take at the same time
     */
    <T extends @Nullable Object> T execute(String doing, boolean exclusive, SqlWork<T> work) {
        if (!exclusive) {
            return this.connections.execute(doing, work);
        }
        // Which database it is turns out on the connection; the lock must outlive the commit.
        Held held = new Held();
        try {
            return this.connections.execute(doing, session -> {
                held.acquire(session);
                return work.run(session);
            });
        } finally {
            held.release();
        }
    }

    /** The same for a single move, which needs no transaction where it is one statement. */
    <T extends @Nullable Object> T executeMove(String doing, boolean exclusive, SqlWork<T> move) {
        // A database that claims one at a time needs several statements.
        return this.connections.movesAreStatements()
                ? this.connections.executeStatement(doing, move)
                : execute(doing, exclusive, move);
    }

    private static final class Held {

        private @Nullable Lock lock;

        void acquire(SqlSession session) throws SQLException {
            Lock needed = session.dialect().claimLock();
            if (needed != null) {
                if (this.lock == null) {
                    needed.lock();
                    this.lock = needed;
                }
                session.dialect().lockClaims(session);
            }
        }

        void release() {
            if (this.lock != null) {
                this.lock.unlock();
            }
        }
    }
}
