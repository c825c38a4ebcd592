package io.tasklane.benchmark.chaos.worker;

import io.tasklane.Backoff;
import io.tasklane.Completion;
import io.tasklane.Task;
import io.tasklane.TaskContext;
import io.tasklane.TaskHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The tasks of a run. Each writes into the ledger that it begins and that it has ended, and returns the id of its run. They never
 * fail for want of the database: they wait for it, so that every retry that is used is one that was planned.
 */
public class ChaosTasks {

    private final RunLedger ledger;

    ChaosTasks(RunLedger ledger) {
        this.ledger = ledger;
    }

    /** A task that works for a while. */
    @Task(name = "PLAIN", queue = "plain")
    public TaskHandle<String> plain(long number, int millis) throws InterruptedException {
        return run(TaskKind.PLAIN, number, millis);
    }

    /** A task that does nothing but write into the ledger. */
    @Task(name = "QUICK", queue = "quick")
    public TaskHandle<String> quick(long number) throws InterruptedException {
        return run(TaskKind.QUICK, number, 0);
    }

    /** A task with a priority. */
    @Task(name = "ORDERED", queue = "ordered")
    public TaskHandle<String> ordered(long number, int millis) throws InterruptedException {
        return run(TaskKind.ORDERED, number, millis);
    }

    /** A task that works for seconds. */
    @Task(name = "SLOW", queue = "slow")
    public TaskHandle<String> slow(long number, int millis) throws InterruptedException {
        return run(TaskKind.SLOW, number, millis);
    }

    /** A task that is enqueued with a delay. */
    @Task(name = "DELAYED", queue = "plain")
    public TaskHandle<String> delayed(long number, int millis) throws InterruptedException {
        return run(TaskKind.DELAYED, number, millis);
    }

    /** A task whose first attempt fails, by its own fault. */
    @Task(name = "FLAKY", queue = "plain", backoff = @Backoff(initial = "300ms"))
    public TaskHandle<String> flaky(long number, int millis) throws InterruptedException {
        if (TaskContext.current().attempt() > TaskKind.FLAKY.failures()) {
            return run(TaskKind.FLAKY, number, millis);
        }
        this.ledger.begin(TaskKind.FLAKY, number, millis);
        throw new IllegalStateException("Planned");
    }

    /** A task whose body starts at most once. */
    @Task(name = "ONCE", queue = "once", completion = Completion.BEFORE_RUN)
    public TaskHandle<String> once(long number, int millis) throws InterruptedException {
        return run(TaskKind.ONCE, number, millis);
    }

    /** A task with a key. */
    @Task(name = "KEYED", queue = "keyed", concurrencyKey = "#number % 5")
    public TaskHandle<String> keyed(long number, int millis) throws InterruptedException {
        return run(TaskKind.KEYED, number, millis);
    }

    /** A task that another one enqueues in its transaction. */
    @Task(name = "CHILD", queue = "plain")
    public TaskHandle<String> child(long number) throws InterruptedException {
        return run(TaskKind.CHILD, number, 0);
    }

    private TaskHandle<String> run(TaskKind kind, long number, int millis) throws InterruptedException {
        String run = this.ledger.begin(kind, number, millis);
        work(millis);
        this.ledger.end(run);
        return TaskHandle.of(run);
    }

    static void work(int millis) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException("Interrupted at work");
            }
        }
    }
}
