package io.tasklane.benchmark.chaos.fault;

import io.tasklane.benchmark.chaos.server.ChaosServer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What faults can be done to.
 *
 * @param server the database server
 * @param nodes the nodes
 * @param producers the way of the producers to the database
 * @param random chooses whom a fault meets
 */
public record Scene(ChaosServer server, List<Node> nodes, Gates producers, Random random) {

    /** Longer than a worker may be silent, and than it takes to find that out, with the defaults of {@code tasklane.recovery}. */
    static final Duration LONG_SILENCE = Duration.ofMillis(12_500);

    /** So short that nobody is taken for dead. */
    static final Duration SHORT_SILENCE = Duration.ofSeconds(3);

    /** Returns one of the nodes. */
    Node any() {
        return this.nodes.get(this.random.nextInt(this.nodes.size()));
    }

    /** Returns all ways to the database. */
    List<Gates> ways() {
        return Stream.concat(this.nodes.stream().map(Node::gates), Stream.of(this.producers))
                .toList();
    }

    /** Lets time go by. */
    public static void pause(Duration duration) {
        long until = System.nanoTime() + duration.toNanos();
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
