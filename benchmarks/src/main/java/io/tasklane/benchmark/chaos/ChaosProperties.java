package io.tasklane.benchmark.chaos;

import io.tasklane.benchmark.chaos.worker.ChaosApplication;
import io.tasklane.benchmark.chaos.worker.TaskKind;
import io.tasklane.benchmark.database.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The configuration of the processes. What is not here has its default, all times of recovery among it. */
public final class ChaosProperties {

    private static final int CONCURRENCY = 3;

    /** Enough for all slow tasks at once, so that one that is put back never waits for another one to end. */
    private static final int SLOW_CONCURRENCY = 20;

    /** Enough for the same reason, and so few that their transactions leave connections of the pool to others. */
    private static final int BOOKED_CONCURRENCY = 10;

    /** So few that a burst waits for seconds on a quick machine too, and so many that all are worked off. */
    private static final int ORDERED_CONCURRENCY = 2;

    private ChaosProperties() {}

    /**
     * Returns the arguments of an application.
     *
     * @param node name of the process
     * @param consumes whether it runs tasks
     */
    public static List<String> arguments(String node, Database database, boolean consumes) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.application.name=chaos",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password(),
                "--spring.datasource.hikari.maximum-pool-size=20",
                "--spring.datasource.hikari.minimum-idle=2",
                "--tasklane.worker.enabled=" + consumes,
                "--" + ChaosApplication.NODE + "=" + node));
        Stream.of(TaskKind.values())
                .map(TaskKind::queue)
                .distinct()
                .forEach(queue ->
                        arguments.add("--tasklane.queues.%s.concurrency=%d".formatted(queue, concurrency(queue))));
        return arguments;
    }

    private static int concurrency(String queue) {
        if (queue.equals(TaskKind.SLOW.queue())) {
            return SLOW_CONCURRENCY;
        }
        if (queue.equals(TaskKind.ORDERED.queue())) {
            return ORDERED_CONCURRENCY;
        }
        return queue.equals(TaskKind.BOOKED.queue()) ? BOOKED_CONCURRENCY : CONCURRENCY;
    }
}
