package io.tasklane.benchmark.chaos.audit;

import io.tasklane.benchmark.chaos.fault.FaultWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The faults of a run with what they did, as a table in Markdown. */
public final class FaultTable {

    private FaultTable() {}

    /** Returns the table. */
    public static String of(Evidence evidence, Repetitions repetitions) {
        Map<String, List<FaultWindow>> faults = new LinkedHashMap<>();
        evidence.faults()
                .forEach(fault -> faults.computeIfAbsent(fault.fault(), name -> new ArrayList<>())
                        .add(fault));
        StringBuilder text = new StringBuilder();
        text.append("| fault | times | bodies in flight | ran again | longest pick-up | all at work again after |\n");
        text.append("|---|---:|---:|---:|---:|---:|\n");
        faults.forEach((name, windows) -> text.append("| %s | %d | %d | %d | %s | %s |\n"
                .formatted(
                        name,
                        windows.size(),
                        inFlight(evidence, windows),
                        repetitions.by(name),
                        PickUps.longest(evidence, windows)
                                .map(RecoveryChecks::seconds)
                                .orElse("–"),
                        RecoveryChecks.seconds(windows.stream()
                                .map(FaultWindow::resumed)
                                .max(Comparator.naturalOrder())
                                .orElse(Duration.ZERO)))));
        return text.toString();
    }

    private static long inFlight(Evidence evidence, List<FaultWindow> windows) {
        return windows.stream()
                .mapToLong(fault -> evidence.history().runs().values().stream()
                        .flatMap(List::stream)
                        .filter(run -> run.runsAtBeginOf(fault))
                        .count())
                .sum();
    }
}
