package io.tasklane.benchmark.workload;

import io.tasklane.benchmark.measure.Ledger;
import io.tasklane.benchmark.measure.Starts;
import io.tasklane.benchmark.peer.NodeSettings;
import io.tasklane.benchmark.peer.Tasklane;
import io.tasklane.benchmark.peer.TasklaneNode;
import io.tasklane.benchmark.report.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether queues of one container get the shares that they are to have. */
final class QueueOrders {

    private static final String CONTAINER = "tasklane.worker.containers.shared.";

    private static final List<String> QUEUES = List.of("first", "second", "third");

    private static final int[] WEIGHTS = {5, 3, 2};

    private final Lab lab;

    QueueOrders(Lab lab) {
        this.lab = lab;
    }

    List<Scenario> scenarios() {
        List<Scenario> scenarios = new ArrayList<>();
        for (int processes : List.of(1, 4)) {
            scenarios.add(scenario("round-robin", processes));
            scenarios.add(scenario("weighted 5, 3 and 2", processes));
        }
        return scenarios;
    }

    private Scenario scenario(String order, int processes) {
        return Scenario.forSubject(
                "three queues, %s, %s".formatted(order, ProcessesWorkload.scenario(processes)),
                (peer, recorder) -> shares(recorder, order.split(" ")[0], processes));
    }

    private void shares(Recorder recorder, String order, int processes) throws Exception {
        int ofEach = LimitsWorkload.measured(this.lab) / QUEUES.size();
        int tasks = ofEach * QUEUES.size();
        Tasklane tasklane = new Tasklane();
        try (Trial trial = this.lab.trial(tasklane, tasks)) {
            NodeSettings producing = trial.settings(0).withProperties(properties(order));
            try (TasklaneNode producer = tasklane.open(producing)) {
                for (int i = 0; i < QUEUES.size(); i++) {
                    producer.fillQueue(QUEUES.get(i), i * ofEach, (i + 1) * ofEach);
                }
            }
            trial.settle();
            NodeSettings consuming = trial.settings(LimitsWorkload.CONCURRENCY).withProperties(properties(order));
            Ledger ledger = trial.ledger();
            this.lab
                    .workers()
                    .work(
                            processes,
                            tasklane,
                            consuming,
                            () -> ledger.awaitDistinct(tasks, LimitsWorkload.limit(this.lab)));
            // As long as none of them can be empty.
            long end = Starts.of(ledger).first(ofEach).latest();
            for (int i = 0; i < QUEUES.size(); i++) {
                int started = Starts.of(ledger, i * ofEach, (i + 1) * ofEach).before(end);
                recorder.record(share(i), 100.0 * started / (ofEach - 1));
            }
            LimitsWorkload.checkLedger(trial, tasks, recorder);
        }
    }

    private static Metric share(int queue) {
        return new Metric("share of the %s".formatted(QUEUES.get(queue)), "%", 1);
    }

    private static Map<String, String> properties(String order) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("tasklane.worker.queues", "*");
        properties.put(CONTAINER + "queues", String.join(",", QUEUES));
        properties.put(CONTAINER + "order", order);
        properties.put(CONTAINER + "concurrency", String.valueOf(LimitsWorkload.CONCURRENCY));
        for (int i = 0; i < QUEUES.size(); i++) {
            // No other setting than that it exists.
            properties.put("tasklane.queues.%s.retries".formatted(QUEUES.get(i)), "3");
            if (order.equals("weighted")) {
                properties.put(CONTAINER + "weights." + QUEUES.get(i), String.valueOf(WEIGHTS[i]));
            }
        }
        return properties;
    }
}
