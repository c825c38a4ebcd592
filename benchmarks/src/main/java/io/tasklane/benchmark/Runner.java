package io.tasklane.benchmark;

import io.tasklane.benchmark.peer.Peer;
import io.tasklane.benchmark.report.Results;
import io.tasklane.benchmark.workload.DrainWorkload;
import io.tasklane.benchmark.workload.EnqueueWorkload;
import io.tasklane.benchmark.workload.Lab;
import io.tasklane.benchmark.workload.Recorder;
import io.tasklane.benchmark.workload.Scenario;
import io.tasklane.benchmark.workload.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Takes all measurements of a workload: round by round, and in each round peer by peer, so that a slow minute meets all. */
final class Runner {

    private final Lab lab;

    private final Results results;

    private final List<Peer> peers;

    Runner(Lab lab, Results results, List<Peer> peers) {
        this.lab = lab;
        this.results = results;
        this.peers = peers;
    }

    /** Runs everything once in small, so that no peer pays for a cold JVM; the figures are thrown away. */
    void warmUp() throws Exception {
        Scale small = new Scale(true, 1);
        try (Lab warm = new Lab(this.lab.server(), small, this.lab.directory())) {
            Runner runner = new Runner(warm, new Results(), this.peers);
            int times = this.lab.scale().pick(3, 1);
            for (int i = 0; i < times; i++) {
                for (Workload workload : List.of(new EnqueueWorkload(), new DrainWorkload())) {
                    runner.round(workload, workload.scenarios(warm), 0);
                }
            }
        }
    }

    void run(Workload workload) {
        List<Scenario> scenarios = workload.scenarios(this.lab);
        for (int round = 0; round < this.lab.scale().rounds(); round++) {
            round(workload, scenarios, round);
        }
    }

    private void round(Workload workload, List<Scenario> scenarios, int round) {
        List<Peer> order = new ArrayList<>(this.peers);
        // Another order in each round, so that nobody always follows the same neighbour.
        Collections.rotate(order, round);
        for (Scenario scenario : scenarios) {
            for (Peer peer : order) {
                if (scenario.peers().test(peer)) {
                    take(workload, scenario, peer);
                }
            }
        }
    }

    private void take(Workload workload, Scenario scenario, Peer peer) {
        long start = System.nanoTime();
        Recorder recorder = new Recorder(this.results, workload.name(), scenario.name(), peer.name());
        try {
            scenario.measurement().take(peer, recorder);
        } catch (Exception ex) {
            ex.printStackTrace();
            recorder.check("runs to its end", false, ex.toString());
        }
        System.err.printf(
                "%s, %s, %s: %.1f s%n",
                workload.name(), scenario.name(), peer.name(), (System.nanoTime() - start) / 1e9);
    }
}
