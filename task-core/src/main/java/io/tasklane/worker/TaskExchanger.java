package io.tasklane.worker;

import io.tasklane.store.ClaimRequest;
import io.tasklane.store.LeasedTask;
import io.tasklane.store.ReleasedTasks;
import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskExchange;
import io.tasklane.store.TaskLease;
import io.tasklane.store.TaskOutcome;
import io.tasklane.store.TaskProgress.LeaseState;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;

/** Writes what ended and claims the next tasks, in one go: the step of a container's loop. */
final class TaskExchanger {

    private static final Log logger = LogFactory.getLog(TaskExchanger.class);

    private static final long NONE = -1;

    private final WorkerContainer container;

    private final WorkerAccess access;

    private final ClaimPlanner planner;

    private final QueueHints hints;

    private final TokenWaits waits;

    private final EndedTasks ended;

    private volatile long claiming = NONE;

    TaskExchanger(
            WorkerContainer container,
            WorkerAccess access,
            ClaimPlanner planner,
            QueueHints hints,
            TokenWaits waits,
            EndedTasks ended) {
        this.container = container;
        this.access = access;
        this.planner = planner;
        this.hints = hints;
        this.waits = waits;
        this.ended = ended;
    }

    /** Writes and claims once; returns how long there is nothing to do. */
    long exchange() {
        long untilStale = this.container.putBackStale();
        this.waits.takeLooks().forEach(this.hints::mayHave);
        // Before it is planned what to claim: a wait that ends from here on is either seen by the plan or slept
        // through.
        long untilTokens = this.waits.untilNext(this.container.queues());
        // Before it is taken what has ended: the claim comes after the end of each task that has hinted at its queue.
        long mark = this.hints.mark();
        try {
            boolean exchanged = exchange(this.ended.take(), mark);
            long untilAdapted = this.container.adapt(this.planner.isWanting());
            return exchanged ? 0 : Math.min(Math.min(untilStale, untilTokens), untilAdapted);
        } finally {
            this.ended.settled();
            this.claiming = NONE;
        }
    }

    /** Whether the answer to the claim with this token is awaited. */
    boolean isClaiming(long token) {
        return this.claiming == token;
    }

    private boolean exchange(List<EndedTask> batch, long mark) {
        boolean suspect = this.access.suspects().tryTake();
        OptionalLong worker;
        ClaimRequest claim;
        List<TaskCompletion> completions;
        try {
            worker = this.access.presence().claimingId();
            claim = claim(batch, worker, suspect);
            completions = batch.stream().map(EndedTask::completion).toList();
        } catch (Throwable ex) {
            // As when the heap is full: what has ended is written the next time.
            unused(suspect);
            this.ended.putBack(batch);
            throw ex;
        }
        if (batch.isEmpty() && claim == null) {
            unused(suspect);
            return false;
        }
        TaskExchange answer;
        try {
            answer = this.access.leases().exchange(worker.orElse(0), completions, claim);
        } catch (Throwable ex) {
            unused(suspect);
            failed(batch, ex);
            if (claim != null && worker.isPresent()) {
                this.access.presence().claimed(claim.token());
                this.access.doubts().add(worker.getAsLong(), claim.token());
            }
            throw ex;
        }
        try {
            // Needing no memory: there may be none, and their slots would be lost.
            for (int i = 0; i < batch.size(); i++) {
                free(batch.get(i));
            }
            batch.forEach(task -> written(task, answer));
            released(answer);
            this.container.exchanged(batch.size());
        } finally {
            if (claim != null && !answer.claimed().isEmpty()) {
                this.access.presence().claimed(claim.token());
            }
            if (answer.claimed().stream().noneMatch(LeasedTask::suspect)) {
                unused(suspect);
            }
            if (claim != null) {
                this.planner.answered(claim, answer, mark);
                this.container.claimed(
                        answer.claimed(), worker.equals(this.access.presence().claimingId()));
            }
        }
        return true;
    }

    /** Others may have what was released and not claimed at once. */
    private void released(TaskExchange answer) {
        ReleasedTasks left = answer.left();
        if (!left.tasks().isEmpty() || left.more()) {
            this.access.released().released(left);
        }
    }

    private void unused(boolean suspect) {
        if (suspect) {
            this.access.suspects().unused();
        }
    }

    private @Nullable ClaimRequest claim(List<EndedTask> batch, OptionalLong worker, boolean suspect) {
        boolean alone = batch.size() == 1 && batch.get(0).alone();
        if (worker.isEmpty() || alone || !this.container.mayClaim() || !this.ended.isEmpty()) {
            return null;
        }
        this.claiming = this.access.presence().nextToken();
        return this.planner.plan(
                this.container.queuesToAsk(),
                batch,
                this.claiming,
                this.access.unrunnable().unknown(),
                suspect);
    }

    /** What came of a task is written: it is no longer held. */
    void free(EndedTask task) {
        this.ended.written(task);
        this.container.written(task);
        if (task.task().leased().suspect()) {
            this.access.suspects().ended();
        }
    }

    private void written(EndedTask task, TaskExchange answer) {
        if (answer.refused().contains(task.task().id())) {
            refused(task);
            return;
        }
        TaskOutcome outcome = task.completion().outcome();
        if (outcome instanceof TaskOutcome.Retried retried) {
            again(task, retried.delay());
        } else if (outcome instanceof TaskOutcome.Postponed postponed) {
            again(task, postponed.delay());
        } else if (outcome instanceof TaskOutcome.Released) {
            this.container.mayHave(task.task().queue());
        }
    }

    private void again(EndedTask task, Duration delay) {
        if (delay.isZero()) {
            this.container.mayHave(task.task().queue());
        } else {
            this.access.due().dueIn(delay);
        }
    }

    // A lost lease was told of when it was lost.
    private void refused(EndedTask task) {
        if (!task.task().isLeaseLost() && !wasWritten(task)) {
            logger.warn("%s is no longer owned by this worker: what its attempt produced is discarded"
                    .formatted(task.task()));
            this.container.loseLease(task.task());
        }
    }

    /** Whether an earlier try was written, and only its answer was lost. */
    private boolean wasWritten(EndedTask task) {
        if (task.tries() == 0) {
            return false;
        }
        TaskLease lease = task.completion().lease();
        return task.completion().outcome() instanceof TaskOutcome.Succeeded
                ? hasSucceeded(lease)
                // Nobody takes a task from a worker that was not declared dead.
                : this.access.presence().id().equals(OptionalLong.of(lease.worker()));
    }

    private boolean hasSucceeded(TaskLease lease) {
        try {
            return this.access.progress().leaseState(lease) == LeaseState.SUCCEEDED;
        } catch (RuntimeException ex) {
            logger.debug("It is not known what became of %s".formatted(lease), ex);
            return true;
        }
    }

    private void failed(List<EndedTask> batch, Throwable failure) {
        if (failure instanceof Error) {
            // Not even to note that it was tried is there memory for sure.
            this.ended.putBack(batch);
        } else if (!(failure instanceof DataIntegrityViolationException)) {
            this.ended.putBack(batch.stream().map(EndedTask::failed).toList());
        } else if (batch.size() == 1 && batch.get(0).alone()) {
            unwritable(batch.get(0), failure);
        } else {
            this.ended.putBack(batch.stream().map(EndedTask::isolated).toList());
        }
    }

    /** The data of one completion is refused for ever: the task ends in FAILED; if that is refused too, it is given up. */
    private void unwritable(EndedTask task, Throwable failure) {
        TaskCompletion written = task.completion();
        if (written.outcome() instanceof TaskOutcome.Released) {
            logger.error(
                    "%s cannot be put back; it stays RUNNING until this worker ends".formatted(task.task()), failure);
            free(task);
            return;
        }
        boolean plain = written.outcome() instanceof TaskOutcome.Failed;
        logger.error(
                "What came of %s cannot be written; it is %s".formatted(task.task(), plain ? "put back" : "FAILED"),
                failure);
        TaskOutcome outcome = plain ? new TaskOutcome.Released(true) : new TaskOutcome.Failed(TaskErrors.of(failure));
        this.ended.putBack(List.of(task.replaced(written.with(outcome))));
    }
}
