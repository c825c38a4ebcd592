package io.tasklane.worker;

import io.tasklane.store.WorkerDescription;
import java.util.function.Supplier;

/** Describes this node as it is now. */
final class NodeDescription implements Supplier<WorkerDescription> {

    private final String application;

    private final NodeTags tags;

    private final NodeContainers containers;

    NodeDescription(String application, NodeTags tags, NodeContainers containers) {
        this.application = application;
        this.tags = tags;
        this.containers = containers;
    }

    @Override
    public WorkerDescription get() {
        return new WorkerDescription(
                this.application,
                this.tags.host(),
                ProcessHandle.current().pid(),
                this.tags.lasting(),
                this.containers.planned(),
                this.containers.names().stream().sorted().toList(),
                this.containers.all().stream()
                        .mapToInt(container -> container.concurrency().max())
                        .sum(),
                this.containers.held());
    }
}
