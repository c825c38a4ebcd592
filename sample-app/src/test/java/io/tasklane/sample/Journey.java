package io.tasklane.sample;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.tasklane.TaskContext;
import io.tasklane.TaskExecutionInterceptor;
import io.tasklane.observation.TaskEnqueueContext;
import io.tasklane.observation.TaskExecutionObservationContext;
import io.tasklane.store.NewTask;
import io.tasklane.store.TaskCommitListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Notes the stations of a task: begin and end of its observations, the commit, and the hook round its execution. */
class Journey implements ObservationHandler<Observation.Context>, TaskCommitListener, TaskExecutionInterceptor {

    private final List<String> stations = new CopyOnWriteArrayList<>();

    void pass(String station) {
        this.stations.add(station);
    }

    List<String> stations() {
        return List.copyOf(this.stations);
    }

    @Override
    public void committed(List<NewTask> tasks) {
        tasks.forEach(task -> pass("committed " + task.task()));
    }

    @Override
    public @Nullable Object intercept(TaskContext context, Next next) throws Throwable {
        pass("interceptor enters");
        Object result = next.proceed();
        pass("interceptor leaves");
        return result;
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof TaskEnqueueContext || context instanceof TaskExecutionObservationContext;
    }

    @Override
    public void onStart(Observation.Context context) {
        pass("begin " + context.getName());
    }

    @Override
    public void onStop(Observation.Context context) {
        pass("end " + context.getName());
    }
}
