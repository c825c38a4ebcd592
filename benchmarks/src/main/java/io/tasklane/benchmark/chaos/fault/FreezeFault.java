package io.tasklane.benchmark.chaos.fault;

import io.tasklane.benchmark.chaos.fault.FaultWindow.Moment;
import java.util.List;

/** A worker process stands still, is taken for dead, and goes on. */
final class FreezeFault implements Fault {

    @Override
    public String name() {
        return "freeze";
    }

    @Override
    public String description() {
        return "a worker is stopped by SIGSTOP for longer than a worker may be silent, and goes on by SIGCONT";
    }

    @Override
    public List<Injection> inject(Scene scene) throws Exception {
        Node node = scene.any();
        Moment begin = Moment.now();
        node.process().freeze();
        Scene.pause(Scene.LONG_SILENCE);
        node.process().thaw();
        return List.of(Injection.silencing(node, begin));
    }
}
