package io.tasklane.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import io.tasklane.TaskExecutionInterceptor;
import io.tasklane.TaskQueues;
import io.tasklane.handler.TaskHandlerRegistry;
import io.tasklane.observation.TaskExecutionObservationConvention;
import io.tasklane.observation.TaskExecutionObservations;
import io.tasklane.observation.TaskWorkListener;
import io.tasklane.queue.QueueRegistry;
import io.tasklane.retry.ExponentialRetrySchedule;
import io.tasklane.retry.RetrySchedule;
import io.tasklane.serializer.PayloadUpgrades;
import io.tasklane.serializer.TaskPayloads;
import io.tasklane.serializer.TaskSerializer;
import io.tasklane.store.TaskStore;
import io.tasklane.worker.FailingQueues;
import io.tasklane.worker.TaskArguments;
import io.tasklane.worker.TaskBodies;
import io.tasklane.worker.TaskFailurePolicy;
import io.tasklane.worker.TaskNotifier;
import io.tasklane.worker.TaskRunner;
import io.tasklane.worker.WorkerContainerRegistry;
import io.tasklane.worker.WorkerSettings;
import io.tasklane.worker.WorkerStores;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration for the worker containers. With {@code tasklane.worker.enabled=false} there are none: the application
 * only produces.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = TasklaneAutoConfiguration.class)
@ConditionalOnBean({TaskStore.class, QueueRegistry.class})
@ConditionalOnBooleanProperty(name = "tasklane.worker.enabled", matchIfMissing = true)
public final class TasklaneWorkerAutoConfiguration {

    @Bean
    WorkerSettings taskWorkerSettings(TasklaneSettings settings, UsedQueues queues, ListableBeanFactory beanFactory) {
        queues.checkConsumed(settings.worker());
        return new ExecutorsCheck(beanFactory).resolve(settings.worker());
    }

    @Bean
    TaskExecutionObservations taskExecutionObservations(
            ObjectProvider<ObservationRegistry> registry,
            ObjectProvider<TaskExecutionObservationConvention> convention) {
        return new TaskExecutionObservations(
                registry.getIfUnique(() -> ObservationRegistry.NOOP), convention.getIfAvailable());
    }

    @Bean
    TaskFailurePolicy taskFailurePolicy(
            QueueRegistry queues, ObjectProvider<RetrySchedule> schedule, TasklaneSettings settings) {
        return new TaskFailurePolicy(
                queues,
                schedule.getIfAvailable(ExponentialRetrySchedule::new),
                settings.tasks().unreadableTimeout(),
                settings.worker().node().recovery().maxRecoveries());
    }

    @Bean
    TaskTransactionManagers taskTransactionManagers(
            ListableBeanFactory beanFactory, ObjectProvider<TaskTransactionFilter> filter) {
        // A store that is no database joins any transaction.
        return new TaskTransactionManagers(beanFactory, filter.getIfAvailable(() -> manager -> true));
    }

    @Bean
    TaskBodies taskBodies(
            TaskSerializer serializer,
            ObjectProvider<TaskExecutionInterceptor> interceptors,
            TaskStore store,
            TaskTransactionManagers transactions) {
        return new TaskBodies(
                serializer,
                interceptors.orderedStream().toList(),
                store,
                SingletonSupplier.ofNullable(transactions::find));
    }

    @Bean
    TaskArguments taskArguments(TaskSerializer serializer, PayloadUpgrades upgrades, TaskStore store) {
        return new TaskArguments(new TaskPayloads(serializer, upgrades), store);
    }

    @Bean
    TaskRunner taskRunner(
            TaskHandlerRegistry handlers,
            TaskArguments arguments,
            TaskFailurePolicy failures,
            TaskExecutionObservations observations,
            TaskBodies bodies) {
        return new TaskRunner(handlers, arguments, failures, observations, bodies);
    }

    @Bean
    FailingQueues taskFailingQueues(
            QueueRegistry queues, ObjectProvider<TaskQueues> operations, ApplicationEventPublisher publisher) {
        return new FailingQueues(queues, operations::getObject, publisher::publishEvent);
    }

    @Bean
    WorkerContainerRegistry workerContainerRegistry(
            WorkerSettings settings,
            TaskStore store,
            QueueRegistry queues,
            TaskRunner runner,
            FailingQueues failing,
            ObjectProvider<TaskNotifier> notifier,
            ObjectProvider<TaskWorkListener> listeners) {
        return new WorkerContainerRegistry(
                settings,
                new WorkerStores(store, store, store, store, queues, notifier.getIfAvailable()),
                runner,
                new TaskWorkListeners(listeners.orderedStream().toList()),
                failing);
    }

    @Bean
    @ConditionalOnBean(TaskPool.class)
    PoolSizeCheck taskPoolSizeCheck(WorkerSettings settings, QueueRegistry queues, TaskPool pool) {
        return new PoolSizeCheck(settings, queues, pool);
    }
}
