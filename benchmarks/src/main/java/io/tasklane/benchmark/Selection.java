package io.tasklane.benchmark;

import io.tasklane.benchmark.peer.Peer;
import io.tasklane.benchmark.peer.Peers;
import io.tasklane.benchmark.workload.DrainWorkload;
import io.tasklane.benchmark.workload.Workload;
import io.tasklane.benchmark.workload.Workloads;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which peers meet which workloads: those that are named, all where none is named. A short run that names no peer compares in the
 * drain only.
 *
 * @param peers the peers
 * @param workloads the workloads
 * @param comparesDrainOnly whether all other workloads are for the product of this project alone
 */
record Selection(List<Peer> peers, List<Workload> workloads, boolean comparesDrainOnly) {

    /**
     * Selects what is named.
     *
     * @throws IllegalArgumentException if a name belongs to nothing
     */
    static Selection of(Options options) {
        List<String> known = Stream.concat(
                        Peers.all().stream().map(Peer::name),
                        Workloads.all().stream().map(Workload::name))
                .toList();
        for (String name : options.names()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("No peer or workload %s; there are %s".formatted(name, known));
            }
        }
        List<Peer> peers = named(Peers.all(), Peer::name, options);
        List<Workload> workloads = named(Workloads.all(), Workload::name, options);
        boolean drainOnly = options.scale().brief() && peers.isEmpty();
        return new Selection(
                peers.isEmpty() ? Peers.all() : peers, workloads.isEmpty() ? Workloads.all() : workloads, drainOnly);
    }

    private static <T> List<T> named(List<T> all, Function<T, String> name, Options options) {
        return all.stream()
                .filter(one -> options.names().contains(name.apply(one)))
                .toList();
    }

    List<Peer> peersFor(Workload workload) {
        if (!this.comparesDrainOnly || workload.name().equals(DrainWorkload.NAME)) {
            return this.peers;
        }
        return this.peers.stream()
                .filter(peer -> peer.role() == Peer.Role.SUBJECT)
                .toList();
    }
}
