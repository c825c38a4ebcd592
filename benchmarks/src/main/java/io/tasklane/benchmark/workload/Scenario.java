package io.tasklane.benchmark.workload;

import io.tasklane.benchmark.peer.Peer;
import java.util.function.Predicate;

/**
 * One measurement, to be taken once in each round for each peer.
 *
 * @param name name in tables
 * @param peers for which peers it is taken
 * @param measurement takes it
 */
public record Scenario(String name, Predicate<Peer> peers, Measurement measurement) {

    /** A scenario for all peers. */
    static Scenario forAll(String name, Measurement measurement) {
        return new Scenario(name, peer -> true, measurement);
    }

    /** A scenario of which only the product of this project knows. */
    static Scenario forSubject(String name, Measurement measurement) {
        return new Scenario(name, peer -> peer.role() == Peer.Role.SUBJECT, measurement);
    }

    /** Takes a measurement. */
    @FunctionalInterface
    public interface Measurement {

        /** Measures the peer, and takes down what it finds. */
        void take(Peer peer, Recorder recorder) throws Exception;
    }
}
