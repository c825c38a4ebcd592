package io.tasklane.benchmark.workload;

import java.util.List;

/** All workloads, in the order of the report. */
public final class Workloads {

    private Workloads() {}

    /** Returns all workloads. */
    public static List<Workload> all() {
        return List.of(
                new EnqueueWorkload(),
                new DrainWorkload(),
                new LatencyWorkload(),
                new MixedWorkload(),
                new OneMillisecondWorkload(),
                new GrowthWorkload(),
                new ProcessesWorkload(),
                new IdleWorkload(),
                new DatabasesWorkload(),
                new PriorityWorkload(),
                new LimitsWorkload());
    }
}
