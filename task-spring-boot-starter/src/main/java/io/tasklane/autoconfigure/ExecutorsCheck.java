package io.tasklane.autoconfigure;

import io.tasklane.worker.WorkerContainerSettings;
import io.tasklane.worker.WorkerSettings;
import io.tasklane.worker.WorkerThreads;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.task.TaskExecutor;

/** Checks that the executor beans exist on which tasks are to run. */
final class ExecutorsCheck {

    private final ListableBeanFactory beans;

    private final PropertyProblems problems = new PropertyProblems();

    ExecutorsCheck(ListableBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * Checks all executors that settings name.
     *
     * @return the settings with the executors
     * @throws InvalidTasklanePropertiesException if a property names one that does not exist
     */
    WorkerSettings resolve(WorkerSettings settings) {
        WorkerThreads defaults = settings.defaults().threads();
        check("tasklane.defaults.executor", defaults);
        settings.queueSettings().forEach((name, queue) -> {
            if (!queue.threads().equals(defaults)) {
                check("tasklane.queues." + name + ".executor", queue.threads());
            }
        });
        for (WorkerContainerSettings container : settings.containers()) {
            if (!container.threads().equals(defaults)) {
                check("tasklane.worker.containers." + container.name() + ".executor", container.threads());
            }
        }
        this.problems.throwIfAny();
        return settings.withExecutors(name -> this.beans.getBean(name, Executor.class));
    }

    private void check(String property, WorkerThreads threads) {
        if (threads.kind() != WorkerThreads.Kind.BEAN) {
            return;
        }
        String name = Objects.requireNonNull(threads.bean());
        boolean found = this.beans.containsBean(name) && this.beans.isTypeMatch(name, Executor.class);
        this.problems.require(
                found,
                property,
                threads,
                this.beans.containsBean(name)
                        ? "the bean '%s' is no TaskExecutor. %s".formatted(name, candidates())
                        : "there is no bean '%s'. %s".formatted(name, candidates()));
    }

    private String candidates() {
        List<String> names = List.of(this.beans.getBeanNamesForType(TaskExecutor.class, true, false));
        return names.isEmpty()
                ? "There is no TaskExecutor bean at all; define one, or use 'platform'"
                : "Use one of: " + String.join(", ", names);
    }
}
