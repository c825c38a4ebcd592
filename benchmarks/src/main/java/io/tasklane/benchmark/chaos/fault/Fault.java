package io.tasklane.benchmark.chaos.fault;

import io.tasklane.benchmark.database.Product;
import java.util.List;

/** Something that happens in production. */
public interface Fault {

    /** All faults, in the order in which they happen. */
    List<Fault> ALL = List.of(
            new KillFault(),
            new FreezeFault(),
            new DatabaseRestartFault(),
            new PartitionFault(),
            new RollingRestartFault(),
            new SlowNetworkFault(),
            new CutFault(),
            new FailoverFault());

    /** Returns the name by which it is asked for. */
    String name();

    /** Returns what it does, in a few words. */
    String description();

    /** Whether it can happen to a database of this product. */
    default boolean isPossible(Product product) {
        return true;
    }

    /** Lets it happen, takes it back, and returns on whom it was at work, and when: several times if one after the other. */
    List<Injection> inject(Scene scene) throws Exception;
}
