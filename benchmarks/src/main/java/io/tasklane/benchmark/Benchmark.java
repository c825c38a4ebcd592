package io.tasklane.benchmark;

import io.tasklane.benchmark.database.PostgreSqlServer;
import io.tasklane.benchmark.peer.Peer;
import io.tasklane.benchmark.report.Check;
import io.tasklane.benchmark.report.Goals;
import io.tasklane.benchmark.report.Report;
import io.tasklane.benchmark.report.Results;
import io.tasklane.benchmark.workload.Lab;
import io.tasklane.benchmark.workload.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The command: {@code [--short] [--rounds=n] [peer...] [workload...]}. */
public final class Benchmark {

    private Benchmark() {}

    /** Runs, reports, and ends with status 1 if a check has failed, with 2 if it cannot run. */
    public static void main(String[] arguments) throws Exception {
        // Reports read the same everywhere.
        Locale.setDefault(Locale.ROOT);
        Options options;
        Selection selection;
        try {
            options = Options.parse(arguments);
            selection = Selection.of(options);
        } catch (IllegalArgumentException ex) {
            System.err.println(ex.getMessage());
            System.exit(2);
            return;
        }
        Results results = run(options, selection);
        List<Check> failed =
                results.checks().stream().filter(check -> !check.passed()).toList();
        failed.forEach(System.out::println);
        System.out.printf("%d passed, %d failed%n", results.checks().size() - failed.size(), failed.size());
        System.exit(failed.isEmpty() ? 0 : 1);
    }

    private static Results run(Options options, Selection selection) throws Exception {
        Path target = Path.of(System.getProperty("benchmark.target", "target"));
        List<Peer> peers = selection.peers();
        List<Workload> workloads = selection.workloads();
        Results results = new Results();
        try (PostgreSqlServer server = PostgreSqlServer.start(target.resolve("postgresql"))) {
            Path directory = Files.createDirectories(target.resolve("runs")
                    .resolve(LocalDateTime.now().format(DateTimeFormatter.ofPattern("uuuu-MM-dd-HHmmss"))));
            Report report = new Report(directory, options.scale(), peers, server.settings());
            try (Lab lab = new Lab(server, options.scale(), target.resolve("work"))) {
                Runner runner = new Runner(lab, results, selection);
                runner.warmUp();
                for (Workload workload : workloads) {
                    runner.run(workload);
                    report.write(workloads, results);
                    System.out.println(report.table(workload, results));
                }
            }
            Goals.check(options.scale(), peers, results);
            report.write(workloads, results);
            System.out.println("Report: " + directory.resolve(Report.FILE));
        }
        return results;
    }
}
