package io.tasklane.benchmark.peer;

import java.util.List;

/** All peers, in the order of the tables. */
public final class Peers {

    private Peers() {}

    /** Returns all peers. */
    public static List<Peer> all() {
        BareSql history = new HistorySql();
        BareSql narrow = new NarrowSql();
        return List.of(
                new Tasklane(),
                DbScheduler.fetch(),
                DbScheduler.lockAndFetch(),
                new JobRunr(),
                new Quartz(),
                BarePeer.oneByOne("bare", history),
                BarePeer.batched("bare-batched", history),
                BarePeer.oneByOne("narrow", narrow),
                BarePeer.batched("narrow-batched", narrow));
    }

    /**
     * Returns the peer with this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Peer named(String name) {
        return all().stream()
                .filter(peer -> peer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No peer " + name));
    }
}
