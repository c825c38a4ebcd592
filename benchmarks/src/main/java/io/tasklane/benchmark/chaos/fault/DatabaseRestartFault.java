package io.tasklane.benchmark.chaos.fault;

import io.tasklane.benchmark.chaos.fault.FaultWindow.Moment;
import java.util.List;

/** The database crashes and comes back. */
final class DatabaseRestartFault implements Fault {

    @Override
    public String name() {
        return "database";
    }

    @Override
    public String description() {
        return "the database server is ended without a word, and started again after some seconds";
    }

    @Override
    public List<Injection> inject(Scene scene) throws Exception {
        Moment begin = Moment.now();
        scene.server().kill();
        Scene.pause(Scene.SHORT_SILENCE);
        scene.server().restart();
        return List.of(Injection.noticed(scene.nodes(), begin));
    }
}
