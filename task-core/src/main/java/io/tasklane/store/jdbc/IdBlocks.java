package io.tasklane.store.jdbc;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Ids of tasks, taken from the database in blocks. Nobody waits for another thread's block: that thread may itself be waiting
 * for a connection that the waiting one holds. Two blocks at once merely waste some ids.
 */
final class IdBlocks {

    private volatile @Nullable Block current;

    /** Returns an id, or 0 if the block is used up. */
    long next() {
        Block block = this.current;
        long id = block != null ? block.next.getAndIncrement() : 0;
        return block != null && id < block.end ? id : 0;
    }

    /** Takes a new block, and returns its first id. */
    long refill(SqlSession session) throws SQLException {
        long first = session.dialect().nextIdBlock(session);
        this.current = new Block(new AtomicLong(first + 1), first + TaskSqlDialect.ID_BLOCK);
        return first;
    }

    private record Block(AtomicLong next, long end) {}
}
