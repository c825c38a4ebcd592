package io.tasklane.benchmark.chaos.fault;

import io.tasklane.benchmark.chaos.fault.FaultWindow.Moment;
import io.tasklane.benchmark.database.Product;
import java.time.Duration;
import java.util.List;

/** The database crashes for good, and a standby that has everything becomes the database. */
final class FailoverFault implements Fault {

    @Override
    public String name() {
        return "failover";
    }

    @Override
    public String description() {
        return "the database server is ended for good, and its synchronous standby takes over";
    }

    private static final Duration REPLICATED = Duration.ofSeconds(3);

    @Override
    public boolean isPossible(Product product) {
        return product == Product.POSTGRESQL;
    }

    @Override
    public List<Injection> inject(Scene scene) throws Exception {
        scene.server().addStandby();
        Scene.pause(REPLICATED);
        Moment begin = Moment.now();
        scene.server().failOver();
        return List.of(Injection.noticed(scene.nodes(), begin));
    }
}
