package io.tasklane.benchmark.chaos;

import io.tasklane.benchmark.chaos.audit.Audit;
import io.tasklane.benchmark.chaos.audit.Evidence;
import io.tasklane.benchmark.chaos.audit.FaultTable;
import io.tasklane.benchmark.chaos.audit.Repetitions;
import io.tasklane.benchmark.report.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The command: {@code [--minutes N] [--short] [--database=mariadb] [fault...]}. */
public final class Chaos {

    private Chaos() {}

    /** Runs, reports, and ends with status 1 if a guarantee broke, with 2 if it cannot run to its end. */
    public static void main(String[] arguments) {
        // Reports read the same everywhere.
        Locale.setDefault(Locale.ROOT);
        ChaosOptions options;
        try {
            options = ChaosOptions.parse(arguments);
        } catch (IllegalArgumentException ex) {
            System.err.println(ex.getMessage());
            System.exit(2);
            return;
        }
        try {
            List<Check> checks = run(options);
            long failed = checks.stream().filter(check -> !check.passed()).count();
            System.out.printf("%d passed, %d failed%n", checks.size() - failed, failed);
            System.exit(failed == 0 ? 0 : 1);
        } catch (Exception ex) {
            System.err.println("The run could not be finished, so nothing is proven:");
            ex.printStackTrace();
            System.exit(2);
        }
    }

    private static List<Check> run(ChaosOptions options) throws Exception {
        Path directory = Files.createDirectories(Path.of(System.getProperty("benchmark.target", "target"))
                .resolve("chaos")
                .resolve(LocalDateTime.now().format(DateTimeFormatter.ofPattern("uuuu-MM-dd-HHmmss"))));
        List<Check> checks = new ArrayList<>();
        Evidence evidence;
        try (Stage stage = Stage.open(options, directory)) {
            evidence = stage.play(checks);
        }
        Repetitions repetitions = Repetitions.of(evidence);
        checks.addAll(Audit.check(evidence, repetitions));
        report(options, directory, evidence, repetitions, checks);
        return checks;
    }

    private static void report(
            ChaosOptions options, Path directory, Evidence evidence, Repetitions repetitions, List<Check> checks)
            throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("# Chaos on %s\n\n".formatted(options.product().label()));
        text.append(FaultTable.of(evidence, repetitions)).append('\n');
        checks.forEach(check -> text.append("- %s\n".formatted(check)));
        System.out.println(text);
        text.append("\n## Runs that did not count\n\n");
        repetitions.all().forEach(repetition -> text.append("- %s\n".formatted(repetition)));
        Path file = directory.resolve("report.md");
        Files.writeString(file, text);
        System.out.printf("Report, with all runs that did not count: %s%n", file);
    }
}
