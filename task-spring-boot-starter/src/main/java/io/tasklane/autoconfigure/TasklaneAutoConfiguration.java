package io.tasklane.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import io.tasklane.TaskActor;
import io.tasklane.TaskAdmin;
import io.tasklane.TaskClient;
import io.tasklane.TaskQueues;
import io.tasklane.admin.DefaultTaskAdmin;
import io.tasklane.admin.TaskChangeListeners;
import io.tasklane.audit.OperatorAudit;
import io.tasklane.client.DefaultTaskClient;
import io.tasklane.client.TaskInsertion;
import io.tasklane.client.TaskPreparation;
import io.tasklane.client.TaskResults;
import io.tasklane.handler.TaskHandlerRegistry;
import io.tasklane.handler.TaskRouting;
import io.tasklane.observation.TaskEnqueueConvention;
import io.tasklane.observation.TaskEnqueueObservations;
import io.tasklane.queue.DefaultTaskQueues;
import io.tasklane.queue.QueueChangeListener;
import io.tasklane.queue.QueueRegistry;
import io.tasklane.queue.QueueTaskStores;
import io.tasklane.serializer.TaskSerializer;
import io.tasklane.store.AuditStore;
import io.tasklane.store.QueueStore;
import io.tasklane.store.TaskChangeListener;
import io.tasklane.store.TaskCommitListener;
import io.tasklane.store.TaskSearch;
import io.tasklane.store.TaskStore;
import io.tasklane.worker.QueueWatch;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Auto-configuration for producing tasks, and for operating them and their queues, where there is a store.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
        after = {
            TasklaneAnnotationAutoConfiguration.class,
            TasklaneJdbcAutoConfiguration.class,
            TasklaneMemoryAutoConfiguration.class,
            TasklaneJacksonAutoConfiguration.class
        },
        afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnBean({TaskStore.class, TaskSerializer.class})
@Import(TasklaneSettingsConfiguration.class)
public final class TasklaneAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static TransactionEndPostProcessor taskTransactionEndPostProcessor() {
        return new TransactionEndPostProcessor();
    }

    @Bean
    @ConditionalOnMissingBean
    QueueRegistry taskQueueRegistry(QueueStore store, TasklaneSettings settings) {
        new QueueDeclarations(store, settings.application()).apply(settings.queues());
        QueueRegistry registry = new QueueRegistry(() -> store, settings.tasks().defaults());
        registry.refresh();
        return registry;
    }

    @Bean
    UsedQueues taskUsedQueues(QueueStore store, QueueRegistry registry, TasklaneSettings settings) {
        UsedQueues queues = new UsedQueues(store, registry, settings.createMissingQueues());
        queues.checkRouted(settings.routing());
        return queues;
    }

    /** The queues are looked at before, so that a property is named where it is the one that is wrong. */
    @Bean
    @DependsOn("taskUsedQueues")
    RoutingCheck taskRoutingCheck(TasklaneSettings settings, TaskHandlerRegistry handlers) {
        return new RoutingCheck(settings.routing(), handlers);
    }

    @Bean
    @ConditionalOnMissingBean(TaskQueues.class)
    DefaultTaskQueues taskQueues(
            TaskStore store,
            ObjectProvider<TaskSearch> search,
            ObjectProvider<TaskChangeListener> changes,
            OperatorAudit audit,
            QueueRegistry registry,
            ObjectProvider<QueueChangeListener> listeners) {
        QueueTaskStores tasks = new QueueTaskStores(store, store, () -> required(search), changes(changes), audit);
        return new DefaultTaskQueues(
                store, tasks, registry, () -> listeners.orderedStream().toList());
    }

    private static TaskSearch required(ObjectProvider<TaskSearch> search) {
        return search.getIfAvailable(() -> {
            throw new IllegalStateException(
                    "Tasks cannot be listed: there is no TaskSearch. Leave Hibernate on the class"
                            + " path, which the starter brings, or define a bean of type TaskSearch");
        });
    }

    private static TaskChangeListeners changes(ObjectProvider<TaskChangeListener> listeners) {
        return new TaskChangeListeners(() -> listeners.orderedStream().toList());
    }

    /** Workers read the queues anew themselves. */
    @Bean
    @ConditionalOnBooleanProperty(name = "tasklane.worker.enabled", havingValue = false)
    QueueWatch taskQueueWatch(QueueRegistry registry, TasklaneSettings settings) {
        return new QueueWatch(registry, settings.worker().node().queueRefresh());
    }

    @Bean
    @ConditionalOnMissingBean(TaskAdmin.class)
    DefaultTaskAdmin taskAdmin(TaskStore store, ObjectProvider<TaskChangeListener> changes, OperatorAudit audit) {
        return new DefaultTaskAdmin(store, store, store, changes(changes), audit);
    }

    @Bean
    OperatorAudit taskOperatorAudit(AuditStore store, ObjectProvider<TaskActor> actors, TasklaneSettings settings) {
        return new OperatorAudit(store, () -> actors.orderedStream().toList(), settings.application());
    }

    @Bean
    TaskPreparation taskPreparation(
            TaskStore store,
            QueueRegistry queues,
            TaskHandlerRegistry handlers,
            TaskSerializer serializer,
            TaskRouting routing) {
        return new TaskPreparation(store, queues, handlers, serializer, routing);
    }

    @Bean
    TaskResults taskResults(TaskStore store, TaskHandlerRegistry handlers, TaskSerializer serializer) {
        return new TaskResults(store, handlers, serializer);
    }

    @Bean
    TaskEnqueueObservations taskEnqueueObservations(
            ObjectProvider<ObservationRegistry> registry, ObjectProvider<TaskEnqueueConvention> convention) {
        return new TaskEnqueueObservations(
                registry.getIfUnique(() -> ObservationRegistry.NOOP), convention.getIfAvailable());
    }

    @Bean
    @ConditionalOnMissingBean(TaskClient.class)
    DefaultTaskClient taskClient(
            TaskStore store,
            ObjectProvider<TaskCommitListener> listeners,
            TaskPreparation preparation,
            TaskResults results,
            TaskEnqueueObservations observations) {
        TaskInsertion insertion =
                new TaskInsertion(store, () -> listeners.orderedStream().toList());
        return new DefaultTaskClient(store, preparation, insertion, results, observations);
    }

    /** Who is logged in. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SecurityContextHolder.class)
    static class SecurityConfiguration {

        @Bean
        SecurityTaskActor taskSecurityActor() {
            return new SecurityTaskActor();
        }
    }
}
