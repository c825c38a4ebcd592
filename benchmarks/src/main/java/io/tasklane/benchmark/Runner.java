package io.tasklane.benchmark;

import io.tasklane.benchmark.peer.Peer;
import io.tasklane.benchmark.report.Results;
import io.tasklane.benchmark.workload.Lab;
import io.tasklane.benchmark.workload.Recorder;
import io.tasklane.benchmark.workload.Scenario;
import io.tasklane.benchmark.workload.WarmUp;
import io.tasklane.benchmark.workload.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Takes all measurements of a workload: round by round, and in each round peer by peer, so that a slow minute meets all. */
final class Runner {

    private final Lab lab;

    private final Results results;

    private final Selection selection;

    Runner(Lab lab, Results results, Selection selection) {
        this.lab = lab;
        this.results = results;
        this.selection = selection;
    }

    void warmUp() {
        Runner unreported = new Runner(this.lab, new Results(), this.selection);
        int times = this.lab.scale().pick(5, 1);
        for (int i = 0; i < times; i++) {
            unreported.round(new WarmUp(), this.selection.peers(), i);
        }
    }

    void run(Workload workload) {
        for (int round = 0; round < this.lab.scale().rounds(); round++) {
            round(workload, this.selection.peersFor(workload), round);
        }
    }

    private void round(Workload workload, List<Peer> peers, int round) {
        List<Peer> order = new ArrayList<>(peers);
        // Another order in each round, so that nobody always follows the same neighbour.
        Collections.rotate(order, round);
        for (Scenario scenario : workload.scenarios(this.lab)) {
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
