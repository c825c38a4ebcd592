package io.tasklane.worker;

import io.tasklane.Completion;
import io.tasklane.TaskContext;
import io.tasklane.TaskExecutionInterceptor;
import io.tasklane.TaskExecutionInterceptor.Next;
import io.tasklane.TaskTransactionException;
import io.tasklane.handler.RegisteredTask;
import io.tasklane.handler.TaskDefinition;
import io.tasklane.handler.TaskInvocation;
import io.tasklane.serializer.TaskSerializer;
import io.tasklane.store.TaskProgress;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;

/** Runs bodies of tasks inside the interceptors, as the {@link io.tasklane.Completion} of each asks for. Thread-safe. */
public final class TaskBodies {

    private static final Log logger = LogFactory.getLog(TaskBodies.class);

    private final TaskSerializer serializer;

    private final List<TaskExecutionInterceptor> interceptors;

    private final TaskProgress progress;

    private final Supplier<@Nullable PlatformTransactionManager> transactions;

    private final StartMark start;

    /**
     * Creates it.
     *
     * @param serializer writes results
     * @param interceptors hooks round each execution, the outermost first
     * @param progress where it is written how far a task has come
     * @param transactions the transaction manager of the store's database, asked for when a task needs it; null if there is none
     */
    public TaskBodies(
            TaskSerializer serializer,
            List<TaskExecutionInterceptor> interceptors,
            TaskProgress progress,
            Supplier<@Nullable PlatformTransactionManager> transactions) {
        this.serializer = serializer;
        this.interceptors = List.copyOf(interceptors);
        this.progress = progress;
        this.transactions = transactions;
        this.start = new StartMark(progress);
    }

    /** Runs the body of a task on this thread; never throws. */
    BodyEnd run(RegisteredTask registered, TaskInvocation invocation, RunningTask task, Instant startedAt) {
        TaskDefinition definition = registered.definition();
        Next body = body(registered, invocation, task);
        try {
            if (definition.completion() == Completion.IN_TRANSACTION) {
                TransactionalRun run = new TransactionalRun(manager(definition), this.progress, task, startedAt);
                return runInTransaction(run, definition, task, body);
            }
            if (definition.startsOnce() && !this.start.commit(task)) {
                return new BodyEnd.NotStarted();
            }
            return new BodyEnd.Returned(text(definition, intercept(invocation.context(), body)));
        } catch (Throwable ex) {
            return new BodyEnd.Thrown(ex);
        }
    }

    private static Next body(RegisteredTask registered, TaskInvocation invocation, RunningTask task) {
        TaskDefinition definition = registered.definition();
        Next body = () -> registered.handler().handle(invocation);
        Duration timeout = definition.timeout();
        return timeout == null ? body : () -> task.timer().run(task, definition, timeout, body);
    }

    private PlatformTransactionManager manager(TaskDefinition definition) {
        PlatformTransactionManager manager = this.transactions.get();
        if (manager == null) {
            throw new TaskTransactionException(
                    ("Task '%s' completes in a transaction, but this worker has no transaction manager for the database"
                                    + " of the tasks")
                            .formatted(definition.name()));
        }
        return manager;
    }

    /** What the transaction has decided stands, whatever the interceptors round it make of it. */
    private BodyEnd runInTransaction(TransactionalRun run, TaskDefinition definition, RunningTask task, Next body)
            throws Throwable {
        Object returned = null;
        Throwable failure = null;
        try {
            returned = intercept(task, () -> run.run(definition, body::proceed, result -> text(definition, result)));
        } catch (Throwable ex) {
            failure = ex;
        }
        BodyEnd decided = run.decided();
        if (decided == null) {
            return failure != null ? new BodyEnd.Thrown(failure) : new BodyEnd.Returned(text(definition, returned));
        }
        if (failure != null && decided instanceof BodyEnd.Committed) {
            logger.warn(
                    "The transaction of %s has committed; what an interceptor threw after that changes nothing"
                            .formatted(task),
                    failure);
        }
        return decided;
    }

    private @Nullable Object intercept(TaskContext context, Next body) throws Exception {
        return TaskContext.within(context, () -> proceed(chain(context, body, 0)));
    }

    private @Nullable String text(TaskDefinition definition, @Nullable Object result) {
        return definition.resultType() == null
                ? null
                : this.serializer.writeResult(definition.name(), definition.resultType(), result);
    }

    private static @Nullable Object proceed(Next chain) throws Exception {
        try {
            return chain.proceed();
        } catch (Exception | Error ex) {
            throw ex;
        } catch (Throwable ex) {
            throw new UndeclaredThrowableException(ex);
        }
    }

    private Next chain(TaskContext context, Next body, int index) {
        if (index == this.interceptors.size()) {
            return body;
        }
        return () -> this.interceptors.get(index).intercept(context, chain(context, body, index + 1));
    }
}
