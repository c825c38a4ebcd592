package io.tasklane.benchmark.chaos.worker;

import io.tasklane.Backoff;
import io.tasklane.Completion;
import io.tasklane.Task;
import io.tasklane.TaskContext;
import io.tasklane.TaskHandle;

/**
 * The tasks of a run whose effect, and whose child, commit with their completion. A connection that is lost while they write fails
 * them, as it does any body, and uses a retry.
 */
public class BookingTasks {

    private final RunLedger ledger;

    private final ChaosTasks tasks;

    BookingTasks(RunLedger ledger, ChaosTasks tasks) {
        this.ledger = ledger;
        this.tasks = tasks;
    }

    /** A task that has its effect first and works then, with its transaction open. */
    @Task(
            name = "BOOKED",
            queue = "booked",
            completion = Completion.IN_TRANSACTION,
            backoff = @Backoff(initial = "300ms"))
    public TaskHandle<String> booked(long number, int millis) throws InterruptedException {
        String run = this.ledger.begin(TaskKind.BOOKED, number, millis);
        this.ledger.effect(run, number);
        ChaosTasks.work(millis);
        this.ledger.end(run);
        return TaskHandle.of(run);
    }

    /** A task with an effect and a child. */
    @Task(
            name = "FANOUT",
            queue = "fanout",
            completion = Completion.IN_TRANSACTION,
            backoff = @Backoff(initial = "300ms"))
    public TaskHandle<String> fanout(long number) throws InterruptedException {
        String run = this.ledger.begin(TaskKind.FANOUT, number, 0);
        write(run, number);
        this.ledger.end(run);
        return TaskHandle.of(run);
    }

    /** A task with an effect and a child, whose first attempt fails when both are written. */
    @Task(
            name = "UNDONE",
            queue = "fanout",
            completion = Completion.IN_TRANSACTION,
            backoff = @Backoff(initial = "300ms"))
    public TaskHandle<String> undone(long number) throws InterruptedException {
        String run = this.ledger.begin(TaskKind.UNDONE, number, 0);
        write(run, number);
        if (TaskContext.current().attempt() <= TaskKind.UNDONE.failures()) {
            throw new IllegalStateException("Planned");
        }
        this.ledger.end(run);
        return TaskHandle.of(run);
    }

    private void write(String run, long number) throws InterruptedException {
        this.ledger.effect(run, number);
        this.tasks.child(-number);
    }
}
