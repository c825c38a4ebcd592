package io.tasklane.worker;

import io.tasklane.store.WorkerDescription;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Describes this node as it is now. For one thread. */
final class NodeDescription implements Supplier<WorkerDescription> {

    private static final int MAX_HOST = 255;

    private final String application;

    private final NodeContainers containers;

    private @Nullable String host;

    NodeDescription(String application, NodeContainers containers) {
        this.application = application;
        this.containers = containers;
    }

    @Override
    public WorkerDescription get() {
        // Asked for here and not at start-up, because looking up a name may take long.
        String name = this.host;
        if (name == null) {
            name = hostName();
            this.host = name;
        }
        return new WorkerDescription(
                this.application,
                name,
                ProcessHandle.current().pid(),
                this.containers.names().stream().sorted().toList(),
                this.containers.all().stream()
                        .mapToInt(WorkerContainer::concurrency)
                        .sum(),
                this.containers.held());
    }

    private static String hostName() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return name.length() > MAX_HOST ? name.substring(0, MAX_HOST) : name;
        } catch (UnknownHostException ex) {
            return "unknown";
        }
    }
}
