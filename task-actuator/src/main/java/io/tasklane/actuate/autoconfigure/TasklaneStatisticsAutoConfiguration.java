package io.tasklane.actuate.autoconfigure;

import io.tasklane.actuate.CachedQueueStatistics;
import io.tasklane.store.QueueStore;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the reading of the queues that meters and health share. */
@AutoConfiguration(afterName = "io.tasklane.autoconfigure.TasklaneAutoConfiguration")
@ConditionalOnBean(QueueStore.class)
public final class TasklaneStatisticsAutoConfiguration {

    @Bean
    ReadingThreads queueStatisticsThreads() {
        return new ReadingThreads("tasklane-meters-");
    }

    @Bean
    @ConditionalOnMissingBean
    CachedQueueStatistics cachedQueueStatistics(
            QueueStore store, @Qualifier("queueStatisticsThreads") ReadingThreads threads) {
        return new CachedQueueStatistics(store, threads.executor(), System::nanoTime, CachedQueueStatistics.LIMITS);
    }
}
