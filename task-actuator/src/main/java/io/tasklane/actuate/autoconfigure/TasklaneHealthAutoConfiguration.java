package io.tasklane.actuate.autoconfigure;

import io.tasklane.actuate.CachedQueueStatistics;
import io.tasklane.actuate.health.FailureLimits;
import io.tasklane.actuate.health.FailureWatch;
import io.tasklane.actuate.health.StoreFindings;
import io.tasklane.actuate.health.TasklaneHealthIndicator;
import io.tasklane.store.QueueStore;
import io.tasklane.store.StoreDoctor;
import io.tasklane.store.WorkerMembership;
import io.tasklane.worker.WorkerContainers;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the health contributor {@code tasks}. */
@AutoConfiguration(
        after = TasklaneStatisticsAutoConfiguration.class,
        afterName = {
            "io.tasklane.autoconfigure.TasklaneAutoConfiguration",
            "io.tasklane.autoconfigure.TasklaneWorkerAutoConfiguration"
        })
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean({QueueStore.class, WorkerMembership.class, CachedQueueStatistics.class})
@ConditionalOnEnabledHealthIndicator("tasks")
public final class TasklaneHealthAutoConfiguration {

    @Bean
    ReadingThreads storeDoctorThreads() {
        return new ReadingThreads("tasklane-doctor-");
    }

    @Bean
    @ConditionalOnMissingBean
    StoreFindings storeFindings(
            ObjectProvider<StoreDoctor> doctors, @Qualifier("storeDoctorThreads") ReadingThreads threads) {
        return new StoreFindings(
                doctors.orderedStream().toList(), threads.executor(), System::nanoTime, StoreFindings.LIMITS);
    }

    @Bean
    @ConditionalOnMissingBean
    FailureWatch taskFailureWatch(
            CachedQueueStatistics statistics,
            ObjectProvider<FailureLimits> limits,
            ApplicationEventPublisher publisher) {
        return new FailureWatch(
                statistics, limits.getIfAvailable(() -> FailureLimits.DEFAULT), publisher::publishEvent);
    }

    @Bean
    @ConditionalOnMissingBean(name = {"tasksHealthIndicator", "tasksHealthContributor"})
    TasklaneHealthIndicator tasksHealthIndicator(
            QueueStore queues,
            WorkerMembership membership,
            ObjectProvider<WorkerContainers> node,
            StoreFindings findings,
            FailureWatch failures) {
        return new TasklaneHealthIndicator(queues, membership, node.getIfAvailable(), findings, failures);
    }
}
