package io.tasklane.autoconfigure;

import io.tasklane.store.TaskNotifications;
import io.tasklane.worker.TaskNotifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for telling other nodes of tasks, also where this application only produces. After the workers, so that
 * those of this node are woken first.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = TasklaneWorkerAutoConfiguration.class)
@ConditionalOnBean(TaskNotifications.class)
@ConditionalOnBooleanProperty(name = "tasklane.notify.enabled", matchIfMissing = true)
public final class TasklaneNotifyAutoConfiguration {

    @Bean
    TaskNotifier taskNotifier(TaskNotifications notifications) {
        return new TaskNotifier(notifications);
    }
}
