package io.tasklane.benchmark.chaos.fault;

import io.tasklane.benchmark.chaos.fault.FaultWindow.Moment;
import java.util.List;

/** A worker runs, but is cut off from the database for so long that others take over. */
final class PartitionFault implements Fault {

    @Override
    public String name() {
        return "partition";
    }

    @Override
    public String description() {
        return "one worker cannot reach the database for longer than a worker may be silent";
    }

    @Override
    public List<Injection> inject(Scene scene) {
        Node node = scene.any();
        Moment begin = Moment.now();
        node.gates().shut();
        Scene.pause(Scene.LONG_SILENCE);
        node.gates().open();
        return List.of(Injection.silencing(node, begin));
    }
}
