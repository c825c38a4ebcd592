package io.tasklane.benchmark.chaos.worker;

import io.tasklane.TaskContext;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Book of all runs of all tasks, in the database itself. A run is entered with the claim under which it runs, as the database
 * has it at that moment, and with the monotonic time of the machine, which no skewed clock changes and which all processes share.
 * Runs are entered outside of any transaction, so that none is forgotten; effects in that of the thread.
 */
public class RunLedger {

    private static final long AGAIN_AFTER = TimeUnit.MILLISECONDS.toNanos(100);

    private final JdbcTemplate jdbc;

    private final TransactionTemplate outside;

    private final String node;

    private final AtomicLong runs = new AtomicLong();

    RunLedger(JdbcTemplate jdbc, PlatformTransactionManager transactions, String node) {
        this.jdbc = jdbc;
        this.outside = new TransactionTemplate(
                transactions, new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NOT_SUPPORTED));
        this.node = node;
    }

    /** Enters a run of the task of this thread that begins, and returns its id. Waits for the database, until the thread is interrupted. */
    String begin(TaskKind kind, long number, int millis) throws InterruptedException {
        TaskContext context = TaskContext.current();
        long start = System.nanoTime();
        String run = this.node + ":" + this.runs.incrementAndGet();
        insist(() -> {
            Claim claim = claim(context);
            this.jdbc.update(
                    """
                    INSERT INTO chaos_run (run_id, number, kind, node, millis, attempt, recoveries, worker_id, seq, claimed_at,
                        start_nanos)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                    run,
                    number,
                    kind.name(),
                    this.node,
                    millis,
                    context.attempt(),
                    context.recoveries(),
                    claim.worker(),
                    claim.seq(),
                    claim.claimedAt(),
                    start);
        });
        return run;
    }

    /** Enters that a run has done its work. */
    void end(String run) throws InterruptedException {
        insist(() -> this.jdbc.update("UPDATE chaos_run SET end_nanos = ? WHERE run_id = ?", System.nanoTime(), run));
    }

    /**
     * Writes the effect of a run, in the transaction of this thread. Nothing keeps a task from having several: that there is one is
     * what is to be proven.
     */
    void effect(String run, long number) {
        this.jdbc.update(
                "INSERT INTO chaos_effect (run_id, number, written_nanos) VALUES (?, ?, ?)",
                run,
                number,
                System.nanoTime());
    }

    /** The claim is gone if others have taken over: the row is no longer there, or tells of one more recovery or retry. */
    private Claim claim(TaskContext context) {
        List<Claim> claims = this.jdbc.query(
                """
                SELECT worker_id, seq, claimed_at FROM tasklane_running
                WHERE task_id = ? AND recoveries = ? AND retries_used = ?""",
                (row, number) -> new Claim(row.getLong(1), row.getLong(2), DatabaseTime.micros(row, "claimed_at")),
                context.id().value(),
                context.recoveries(),
                context.attempt() - 1);
        return claims.isEmpty() ? Claim.GONE : claims.get(0);
    }

    private void insist(Runnable write) throws InterruptedException {
        while (true) {
            try {
                this.outside.executeWithoutResult(status -> write.run());
                return;
            } catch (DuplicateKeyException ex) {
                // It was written, only the answer was lost.
                return;
            } catch (DataAccessException ex) {
                LockSupport.parkNanos(AGAIN_AFTER);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("Interrupted while the database was away");
            }
        }
    }

    private record Claim(long worker, long seq, long claimedAt) {

        static final Claim GONE = new Claim(0, 0, 0);
    }
}
