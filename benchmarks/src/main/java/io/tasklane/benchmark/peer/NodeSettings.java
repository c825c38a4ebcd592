package io.tasklane.benchmark.peer;

import io.tasklane.benchmark.database.Database;
import java.util.Map;

/**
 * What a peer is given to open a node, the same for all peers of a measurement.
 *
 * @param database database with the peer's tables
 * @param connections size of the connection pool
 * @param concurrency how many tasks the node runs at once; 0 for a node that only produces
 * @param queues how many queues it consumes, where the peer knows queues; the tasks are in the first
 * @param signal whether latency is measured: a peer that can wake its workers after an enqueue does so
 * @param properties further properties by name, where the peer is an application with properties
 * @param body what the tasks do
 */
public record NodeSettings(
        Database database,
        int connections,
        int concurrency,
        int queues,
        boolean signal,
        Map<String, String> properties,
        TaskBody body) {

    /** Returns settings for one queue, without a signal. */
    public static NodeSettings of(Database database, int connections, int concurrency, TaskBody body) {
        return new NodeSettings(database, connections, concurrency, 1, false, Map.of(), body);
    }

    /** Returns the same settings with a signal after each enqueue. */
    public NodeSettings withSignal() {
        return new NodeSettings(
                this.database, this.connections, this.concurrency, this.queues, true, this.properties, this.body);
    }

    /** Returns the same settings with so many queues. */
    public NodeSettings withQueues(int count) {
        return new NodeSettings(
                this.database, this.connections, this.concurrency, count, this.signal, this.properties, this.body);
    }

    /** Returns the same settings with these properties and no other further ones. */
    public NodeSettings withProperties(Map<String, String> further) {
        return new NodeSettings(
                this.database, this.connections, this.concurrency, this.queues, this.signal, further, this.body);
    }

    /** Returns whether the node runs tasks. */
    public boolean consumes() {
        return this.concurrency > 0;
    }
}
