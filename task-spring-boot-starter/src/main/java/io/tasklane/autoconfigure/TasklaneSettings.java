package io.tasklane.autoconfigure;

import io.tasklane.queue.TaskDefaults;
import io.tasklane.worker.WorkerSettings;
import java.util.List;

/**
 * The checked configuration.
 *
 * @param application name of the application, for the queues and the workers it stores
 * @param defaults what applies where neither call, annotation nor queue says otherwise
 * @param queues declared queues
 * @param createMissingQueues whether queues that are used, but not declared, are declared at start-up
 * @param worker what this node consumes, and how
 */
record TasklaneSettings(
        String application,
        TaskDefaults defaults,
        List<QueueEntry> queues,
        boolean createMissingQueues,
        WorkerSettings worker) {

    TasklaneSettings {
        queues = List.copyOf(queues);
    }
}
