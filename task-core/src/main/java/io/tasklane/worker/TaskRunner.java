package io.tasklane.worker;

import io.tasklane.TaskError;
import io.tasklane.TaskTimeoutException;
import io.tasklane.handler.RegisteredTask;
import io.tasklane.handler.TaskDefinition;
import io.tasklane.handler.TaskHandlerRegistry;
import io.tasklane.handler.TaskInvocation;
import io.tasklane.observation.TaskExecutionObservations;
import io.tasklane.observation.TaskExecutionOutcome;
import io.tasklane.store.LeasedTask;
import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskOutcome;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** Turns a claimed task into its completion, on the calling thread. Knows no other threads and no store. Thread-safe. */
public final class TaskRunner {

    private static final Log logger = LogFactory.getLog(TaskRunner.class);

    private final TaskHandlerRegistry handlers;

    private final TaskArguments arguments;

    private final TaskFailurePolicy failures;

    private final TaskExecutionObservations observations;

    private final TaskBodies bodies;

    private final UnrunnableTasks unrunnable;

    private final FailureLog failureLog = new FailureLog(Ticker.SYSTEM);

    /**
     * Creates a runner.
     *
     * @param handlers what can run
     * @param arguments the arguments of tasks
     * @param failures what becomes of a task that failed
     * @param observations who watches
     * @param bodies runs what the application wrote
     */
    public TaskRunner(
            TaskHandlerRegistry handlers,
            TaskArguments arguments,
            TaskFailurePolicy failures,
            TaskExecutionObservations observations,
            TaskBodies bodies) {
        this.handlers = handlers;
        this.arguments = arguments;
        this.failures = failures;
        this.observations = observations;
        this.bodies = bodies;
        this.unrunnable = new UnrunnableTasks(handlers);
    }

    /** What this runner has met and could not run. */
    UnrunnableTasks unrunnable() {
        return this.unrunnable;
    }

    /** Counts the failures of this runner that are not logged in full. */
    FailureLog failureLog() {
        return this.failureLog;
    }

    /**
     * Runs a task.
     *
     * @param task what to run
     * @param started told just before the body starts, with the time on the store's clock
     * @return what came of it; never throws
     */
    EndedTask run(RunningTask task, Consumer<Instant> started) {
        LeasedTask leased = task.leased();
        RegisteredTask registered = this.handlers.find(leased.task()).orElse(null);
        if (registered == null) {
            return notStarted(task, unknown(leased));
        }
        @Nullable Object @Nullable [] arguments;
        try {
            arguments = this.arguments.of(registered.definition(), task);
        } catch (Throwable ex) {
            return notStarted(task, unreadable(leased, ex));
        }
        if (arguments == null) {
            return notStarted(task, new TaskOutcome.Released(false));
        }
        this.unrunnable.readable(leased.task(), leased.version());
        Instant startedAt = task.now();
        started.accept(startedAt);
        TaskInvocation invocation = new TaskInvocation(registered.definition(), arguments, task);
        return observed(registered, invocation, task, startedAt);
    }

    private static EndedTask notStarted(RunningTask task, TaskOutcome outcome) {
        return new EndedTask(task, task.leased().completion(null, null, outcome));
    }

    private TaskOutcome unknown(LeasedTask task) {
        if (this.unrunnable.addUnknown(task.task())) {
            logger.warn(
                    ("No handler for task '%s', found in queue '%s': such tasks stay queued for a node that has one."
                                    + " Was it renamed? Then @Task(aliases = \"%s\") keeps the old name")
                            .formatted(task.task(), task.queue(), task.task()));
        }
        return new TaskOutcome.Released(false);
    }

    private TaskOutcome unreadable(LeasedTask task, Throwable failure) {
        TaskOutcome outcome = this.failures.unreadable(task, failure);
        if (outcome instanceof TaskOutcome.Failed failed) {
            if (this.failureLog.inFull(task.task(), failed.error(), true)) {
                logger.error(
                        "The payload of %s could not be read for too long; it is FAILED now".formatted(text(task)),
                        failure);
            }
        } else if (this.unrunnable.addUnreadable(task.task(), task.version())) {
            logger.warn("The payload of %s cannot be read here, it is kept for another try (%s)"
                    .formatted(text(task), TaskErrors.line(TaskErrors.of(failure))));
        }
        return outcome;
    }

    private EndedTask observed(
            RegisteredTask registered, TaskInvocation invocation, RunningTask task, Instant startedAt) {
        AtomicReference<@Nullable EndedTask> ended = new AtomicReference<>();
        try {
            return this.observations.observe(task, task.leased().headers(), report -> {
                BodyEnd end = this.bodies.run(registered, invocation, task, startedAt);
                TaskOutcome outcome = outcome(end, registered.definition(), task);
                TaskCompletion completion = completion(task, startedAt, outcome);
                EndedTask result = end instanceof BodyEnd.Committed
                        ? EndedTask.written(task, completion)
                        : new EndedTask(task, completion);
                ended.set(result);
                report.ended(label(task, end, outcome), end.failure());
                return result;
            });
        } catch (Throwable ex) {
            // An observation handler failed: after the body that changes nothing, before it the attempt has failed.
            EndedTask known = ended.get();
            if (known != null) {
                logger.warn("Observing " + task + " failed", ex);
                return known;
            }
            return new EndedTask(task, completion(task, startedAt, failed(registered.definition(), task, ex)));
        }
    }

    private static TaskCompletion completion(RunningTask task, Instant startedAt, TaskOutcome outcome) {
        return task.leased().completion(startedAt, task.now(), outcome);
    }

    /** What becomes of a task that goes on after its timeout. */
    TaskOutcome goesOn(RunningTask task, TaskDefinition definition, TaskTimeoutException timedOut) {
        TaskOutcome imposed = task.imposedOutcome();
        return imposed != null ? imposed : failed(definition, task, timedOut);
    }

    private TaskOutcome outcome(BodyEnd end, TaskDefinition definition, RunningTask task) {
        if (end instanceof BodyEnd.Committed committed) {
            return new TaskOutcome.Succeeded(committed.result());
        }
        TaskOutcome givenUp = task.givenUp();
        if (givenUp != null) {
            return givenUp;
        }
        TaskOutcome imposed = task.imposedOutcome();
        if (imposed != null) {
            return imposed;
        }
        if (end instanceof BodyEnd.Cancelled) {
            return new TaskOutcome.Cancelled();
        }
        if (end instanceof BodyEnd.NotStarted || end instanceof BodyEnd.LeaseLost) {
            return new TaskOutcome.Released(false);
        }
        if (end instanceof BodyEnd.Disconnected disconnected) {
            return disconnected(definition, task, disconnected.failure());
        }
        return end instanceof BodyEnd.Thrown thrown
                ? failed(definition, task, thrown.failure())
                : new TaskOutcome.Succeeded(((BodyEnd.Returned) end).result());
    }

    private TaskOutcome disconnected(TaskDefinition definition, RunningTask task, Throwable failure) {
        if (!this.failures.mayBePutBack(task.leased())) {
            return failed(definition, task, failure);
        }
        logger.warn("The database left before the transaction of %s had committed; it is put back (%s)"
                .formatted(task, TaskErrors.line(TaskErrors.of(failure))));
        return new TaskOutcome.Released(true);
    }

    private TaskOutcome failed(TaskDefinition definition, RunningTask task, Throwable failure) {
        TaskOutcome outcome = this.failures.failed(task.leased(), definition, failure);
        int retries = TaskFailurePolicy.retries(task.leased(), definition);
        if (outcome instanceof TaskOutcome.Failed failed) {
            if (this.failureLog.inFull(task.task(), failed.error(), true)) {
                error("%s failed for good in %s".formatted(task, attempt(task, retries)), failed.error(), failure);
            }
        } else if (outcome instanceof TaskOutcome.Retried retried) {
            if (this.failureLog.inFull(task.task(), retried.error(), false)) {
                logger.warn("%s failed in %s, next try in %s: %s"
                        .formatted(task, attempt(task, retries), retried.delay(), TaskErrors.line(retried.error())));
            }
        }
        return outcome;
    }

    private static String attempt(RunningTask task, int retries) {
        return "attempt %d of %d".formatted(task.attempt(), retries + 1);
    }

    // Logging an exception calls its methods, which may throw.
    private static void error(String message, TaskError error, @Nullable Throwable failure) {
        try {
            logger.error(message, failure);
        } catch (RuntimeException | Error ex) {
            logger.error(message + ": " + TaskErrors.line(error));
        }
    }

    private static TaskExecutionOutcome label(RunningTask task, BodyEnd end, TaskOutcome outcome) {
        if (end instanceof BodyEnd.Committed) {
            return TaskExecutionOutcome.SUCCEEDED;
        }
        // What was given up keeps its outcome, unless the lease was lost before that.
        boolean lost = task.isLeaseLost() && (task.givenUp() == null || outcome instanceof TaskOutcome.Released);
        if (lost || end instanceof BodyEnd.LeaseLost) {
            return TaskExecutionOutcome.LOST;
        }
        if (outcome instanceof TaskOutcome.Succeeded) {
            return TaskExecutionOutcome.SUCCEEDED;
        }
        if (outcome instanceof TaskOutcome.Retried) {
            return TaskExecutionOutcome.RETRIED;
        }
        if (outcome instanceof TaskOutcome.Cancelled) {
            return TaskExecutionOutcome.CANCELLED;
        }
        return outcome instanceof TaskOutcome.Failed ? TaskExecutionOutcome.FAILED : TaskExecutionOutcome.RELEASED;
    }

    private static String text(LeasedTask task) {
        return "task '%s' %s (queue '%s')".formatted(task.task(), task.lease().task(), task.queue());
    }
}
