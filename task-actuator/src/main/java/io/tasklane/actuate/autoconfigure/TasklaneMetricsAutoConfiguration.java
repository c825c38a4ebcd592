package io.tasklane.actuate.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.tasklane.actuate.CachedQueueStatistics;
import io.tasklane.actuate.metrics.TaskEnqueuedMetrics;
import io.tasklane.actuate.metrics.TaskQueueMetrics;
import io.tasklane.actuate.metrics.TaskWorkMetrics;
import io.tasklane.actuate.metrics.TaskWorkerMetrics;
import io.tasklane.store.QueueStore;
import io.tasklane.worker.WorkerContainers;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the meters of queues and tasks, where the application has a meter registry. */
@AutoConfiguration(
        after = TasklaneStatisticsAutoConfiguration.class,
        afterName = {
            "io.tasklane.autoconfigure.TasklaneAutoConfiguration",
            "io.tasklane.autoconfigure.TasklaneWorkerAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({MeterRegistry.class, QueueStore.class, CachedQueueStatistics.class})
public final class TasklaneMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    TaskQueueMetrics taskQueueMetrics(CachedQueueStatistics statistics) {
        return new TaskQueueMetrics(statistics);
    }

    @Bean
    @ConditionalOnMissingBean
    TaskEnqueuedMetrics taskEnqueuedMetrics(ObjectProvider<MeterRegistry> registry) {
        return new TaskEnqueuedMetrics(registry::getObject);
    }

    @Bean
    @ConditionalOnBean(WorkerContainers.class)
    @ConditionalOnMissingBean
    TaskWorkerMetrics taskWorkerMetrics(WorkerContainers node) {
        return new TaskWorkerMetrics(node);
    }

    @Bean
    @ConditionalOnMissingBean
    TaskWorkMetrics taskWorkMetrics(ObjectProvider<MeterRegistry> registry) {
        return new TaskWorkMetrics(registry::getObject);
    }
}
