package io.tasklane.worker;

import io.tasklane.WorkerTags;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.springframework.util.function.SingletonSupplier;

/** What a node can be told apart by: its host, and its tags. Thread-safe. */
final class NodeTags {

    /** Begins the tag that a node has once it has joined. */
    static final String WORKER_ID = "worker_id=";

    private static final int MAX_HOST = 255;

    private final List<String> own;

    private final Supplier<OptionalLong> worker;

    // Asked for when it is needed and not at start-up, because looking up a name may take long.
    private final SingletonSupplier<String> host = SingletonSupplier.of(NodeTags::hostName);

    /**
     * Creates them.
     *
     * @param own those that the node is given
     * @param worker id of the node as a worker, while it has joined
     */
    NodeTags(List<String> own, Supplier<OptionalLong> worker) {
        this.own = own;
        this.worker = worker;
    }

    /** Name of its host, at most 255 characters. */
    String host() {
        return this.host.obtain();
    }

    /** All but the one with the id, which holds for a row of the node only. */
    List<String> lasting() {
        List<String> tags = new ArrayList<>();
        tags.add(WorkerTags.ANY);
        tags.add("arch=" + System.getProperty("os.arch"));
        tags.add("hostname=" + host());
        tags.add("java=" + System.getProperty("java.version"));
        tags.add("os=" + System.getProperty("os.name"));
        this.own.stream().filter(tag -> !tags.contains(tag)).forEach(tags::add);
        return tags;
    }

    /** Whether the node is one of those that run the tasks of a queue. */
    boolean match(WorkerTags wanted) {
        List<String> tags = lasting();
        this.worker.get().ifPresent(id -> tags.add(WORKER_ID + id));
        return wanted.match(tags);
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
