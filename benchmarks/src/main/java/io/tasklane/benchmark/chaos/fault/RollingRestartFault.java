package io.tasklane.benchmark.chaos.fault;

import io.tasklane.benchmark.chaos.fault.FaultWindow.Moment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A new version is deployed. */
final class RollingRestartFault implements Fault {

    @Override
    public String name() {
        return "rolling";
    }

    @Override
    public String description() {
        return "one worker after the other gets SIGTERM, and the next one when the new process runs";
    }

    /** What a JVM ends with after SIGTERM. */
    private static final int TERMINATED = 143;

    @Override
    public List<Injection> inject(Scene scene) throws Exception {
        List<Injection> injections = new ArrayList<>();
        for (Node node : scene.nodes()) {
            Moment begin = Moment.now();
            int status = node.process().terminate();
            if (status != TERMINATED) {
                throw new IOException("%s ended with status %d after SIGTERM".formatted(node.name(), status));
            }
            injections.add(Injection.noticed(List.of(node), begin));
            node.start();
            node.awaitReady();
        }
        return injections;
    }
}
