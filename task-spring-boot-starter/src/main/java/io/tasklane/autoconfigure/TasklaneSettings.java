package io.tasklane.autoconfigure;

import io.tasklane.actuate.health.FailureLimits;
import io.tasklane.queue.TaskDefaults;
import io.tasklane.store.schema.SchemaMode;
import io.tasklane.worker.WorkerSettings;
import java.time.Duration;
import java.util.List;

/**
 * The checked configuration.
 *
 * @param application name of the application, for the queues and the workers it stores
 * @param tasks what applies to tasks
 * @param routing what is configured for tasks by their names
 * @param queues declared queues
 * @param createMissingQueues whether queues that are used, but not declared, are declared at start-up
 * @param store tables and connections
 * @param worker what this node consumes, and how
 * @param failures how many failed tasks are too many
 */
record TasklaneSettings(
        String application,
        Tasks tasks,
        RoutingSettings routing,
        List<QueueEntry> queues,
        boolean createMissingQueues,
        Store store,
        WorkerSettings worker,
        FailureLimits failures) {

    TasklaneSettings {
        queues = List.copyOf(queues);
    }

    /**
     * What applies to tasks.
     *
     * @param defaults what applies where neither call, annotation nor queue says otherwise
     * @param maxPayloadBytes largest payload and largest result
     * @param unreadableTimeout how long a task waits for a node that can read its payload
     */
    record Tasks(TaskDefaults defaults, int maxPayloadBytes, Duration unreadableTimeout) {}

    /**
     * Tables and connections of a store in a database.
     *
     * @param tablePrefix start of the names of all tables
     * @param schemaMode what is done about the tables at start-up
     * @param waitForDatabase how long the start waits for a database that does not answer
     * @param workerConnections most connections that workers use at once
     */
    record Store(String tablePrefix, SchemaMode schemaMode, Duration waitForDatabase, int workerConnections) {}
}
