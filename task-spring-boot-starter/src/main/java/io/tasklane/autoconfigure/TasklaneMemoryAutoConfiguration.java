package io.tasklane.autoconfigure;

import io.tasklane.store.TaskStore;
import io.tasklane.store.memory.InMemoryTaskStore;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for tasks kept in the memory of this process.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnProperty(name = "tasklane.store", havingValue = "memory")
@ConditionalOnMissingBean(TaskStore.class)
public final class TasklaneMemoryAutoConfiguration {

    @Bean
    InMemoryTaskStore taskStore() {
        return new InMemoryTaskStore(InstantSource.system());
    }
}
