package io.tasklane.actuate.autoconfigure;

import io.tasklane.TaskQueues;
import io.tasklane.actuate.endpoint.TaskOperationAdvisor;
import io.tasklane.actuate.endpoint.TaskQueuesEndpoint;
import io.tasklane.actuate.endpoint.TaskWorkersEndpoint;
import io.tasklane.actuate.endpoint.WorkerNodeView;
import io.tasklane.queue.QueueChangeListener;
import io.tasklane.queue.QueueRegistry;
import io.tasklane.queue.WorkerStops;
import io.tasklane.store.QueueStore;
import io.tasklane.store.WorkerMembership;
import io.tasklane.worker.WorkerContainers;
import io.tasklane.worker.WorkerSettings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the endpoints that show and operate queues and workers. */
@AutoConfiguration(
        afterName = {
            "io.tasklane.autoconfigure.TasklaneAutoConfiguration",
            "io.tasklane.autoconfigure.TasklaneWorkerAutoConfiguration"
        })
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean({TaskQueues.class, QueueStore.class, QueueRegistry.class, WorkerMembership.class})
public final class TasklaneEndpointAutoConfiguration {

    @Bean
    @ConditionalOnBean({WorkerContainers.class, WorkerSettings.class})
    WorkerNodeView workerNodeView(WorkerContainers node, WorkerSettings settings) {
        return new WorkerNodeView(node, settings);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    TaskQueuesEndpoint taskQueuesEndpoint(
            TaskQueues queues, QueueStore store, QueueRegistry registry, ObjectProvider<WorkerNodeView> node) {
        return new TaskQueuesEndpoint(queues, store, registry, node.getIfAvailable());
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    TaskWorkersEndpoint taskWorkersEndpoint(
            WorkerMembership membership,
            QueueStore store,
            ObjectProvider<QueueChangeListener> listeners,
            ObjectProvider<WorkerNodeView> node) {
        WorkerStops stops = new WorkerStops(
                membership, store, () -> listeners.orderedStream().toList());
        return new TaskWorkersEndpoint(membership, stops, node.getIfAvailable());
    }

    @Bean
    TaskOperationAdvisor taskOperationAdvisor() {
        return new TaskOperationAdvisor();
    }
}
