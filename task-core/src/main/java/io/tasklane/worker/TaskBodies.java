package io.tasklane.worker;

import io.tasklane.TaskContext;
import io.tasklane.TaskExecutionInterceptor;
import io.tasklane.handler.RegisteredTask;
import io.tasklane.handler.TaskDefinition;
import io.tasklane.handler.TaskInvocation;
import io.tasklane.serializer.TaskSerializer;
import io.tasklane.store.TaskProgress;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs bodies of tasks inside the interceptors, as the {@link io.tasklane.Completion} of each asks for. Thread-safe. */
public final class TaskBodies {

    private final TaskSerializer serializer;

    private final List<TaskExecutionInterceptor> interceptors;

    private final StartMark start;

    /**
     * Creates it.
     *
     * @param serializer writes results
     * @param interceptors hooks round each execution, the outermost first
     * @param progress where it is written how far a task has come
     */
    public TaskBodies(TaskSerializer serializer, List<TaskExecutionInterceptor> interceptors, TaskProgress progress) {
        this.serializer = serializer;
        this.interceptors = List.copyOf(interceptors);
        this.start = new StartMark(progress);
    }

    /** Runs the body of a task on this thread; never throws. */
    BodyEnd run(RegisteredTask registered, TaskInvocation invocation, RunningTask task) {
        try {
            if (registered.definition().startsOnce() && !this.start.commit(task)) {
                return new BodyEnd.NotStarted();
            }
            return new BodyEnd.Returned(execute(registered, invocation));
        } catch (Throwable ex) {
            return new BodyEnd.Thrown(ex);
        }
    }

    private @Nullable String execute(RegisteredTask registered, TaskInvocation invocation) throws Throwable {
        Object result = TaskContext.within(invocation.context(), () -> proceed(chain(registered, invocation, 0)));
        TaskDefinition definition = registered.definition();
        return definition.resultType() == null
                ? null
                : this.serializer.writeResult(definition.name(), definition.resultType(), result);
    }

    private static @Nullable Object proceed(TaskExecutionInterceptor.Next chain) throws Exception {
        try {
            return chain.proceed();
        } catch (Exception | Error ex) {
            throw ex;
        } catch (Throwable ex) {
            throw new UndeclaredThrowableException(ex);
        }
    }

    private TaskExecutionInterceptor.Next chain(RegisteredTask registered, TaskInvocation invocation, int index) {
        if (index == this.interceptors.size()) {
            return () -> registered.handler().handle(invocation);
        }
        return () ->
                this.interceptors.get(index).intercept(invocation.context(), chain(registered, invocation, index + 1));
    }
}
