package io.tasklane.benchmark.chaos.fault;

import io.tasklane.benchmark.chaos.fault.FaultWindow.Moment;
import java.util.List;

/** A worker process ends without a word. */
final class KillFault implements Fault {

    @Override
    public String name() {
        return "kill";
    }

    @Override
    public String description() {
        return "a worker is ended by kill -9, and another one started at once";
    }

    @Override
    public List<Injection> inject(Scene scene) throws Exception {
        Node node = scene.any();
        Moment begin = Moment.now();
        node.process().kill();
        Injection injection = Injection.silencing(node, begin);
        node.start();
        Scene.pause(Scene.LONG_SILENCE);
        node.awaitReady();
        return List.of(injection);
    }
}
