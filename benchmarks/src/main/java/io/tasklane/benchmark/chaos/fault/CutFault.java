package io.tasklane.benchmark.chaos.fault;

import io.tasklane.benchmark.chaos.fault.FaultWindow.Moment;
import java.time.Duration;
import java.util.List;

/** Connections break in the middle of whatever they are used for. */
final class CutFault implements Fault {

    @Override
    public String name() {
        return "cut";
    }

    @Override
    public String description() {
        return "all connections of all workers break, five times within a few seconds";
    }

    @Override
    public List<Injection> inject(Scene scene) {
        Moment begin = Moment.now();
        for (int i = 0; i < 5; i++) {
            for (Gates way : scene.ways()) {
                way.shut();
                way.open();
            }
            Scene.pause(Duration.ofMillis(500 + scene.random().nextInt(1_000)));
        }
        return List.of(Injection.noticed(scene.nodes(), begin));
    }
}
