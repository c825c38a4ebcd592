package io.tasklane.benchmark.report;

import io.tasklane.benchmark.Scale;
import io.tasklane.benchmark.peer.Peer;
import io.tasklane.benchmark.workload.Lab;
import io.tasklane.benchmark.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The report of a run: Markdown with a chart for each workload. */
public final class Report {

    /** Name of the report in its directory. */
    public static final String FILE = "report.md";

    private final Path directory;

    private final Scale scale;

    private final List<Peer> peers;

    private final Map<String, String> settings;

    private final LocalDateTime started = LocalDateTime.now().truncatedTo(ChronoUnit.SECONDS);

    /** Creates a report for this run. */
    public Report(Path directory, Scale scale, List<Peer> peers, Map<String, String> settings) {
        this.directory = directory;
        this.scale = scale;
        this.peers = peers;
        this.settings = settings;
    }

    /** Writes what is known so far. */
    public void write(List<Workload> workloads, Results results) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("# Benchmark of %s%s\n\n".formatted(this.started, this.scale.brief() ? " (short)" : ""));
        text.append("Medians of %d rounds, in brackets the least and the greatest value.\n\n"
                .formatted(this.scale.rounds()));
        text.append("## Machine and settings\n\n");
        Machine.describe().forEach((name, value) -> text.append("- %s: %s\n".formatted(name, value)));
        text.append("- PostgreSQL: %s\n".formatted(joined(this.settings)));
        text.append("- connection pool of each peer: HikariCP, %d connections\n".formatted(Lab.CONNECTIONS));
        for (Peer peer : this.peers) {
            text.append("- `%s`: %s\n".formatted(peer.name(), peer.settings()));
        }
        for (Workload workload : workloads) {
            if (results.rows().stream().anyMatch(row -> row.workload().equals(workload.name()))) {
                text.append('\n').append(table(workload, results));
                new BarChart(this.peers).write(this.directory, workload.name(), results);
                text.append("\n![%1$s](%1$s.svg)\n".formatted(workload.name()));
            }
        }
        text.append("\n## Checks\n\n");
        // The failed ones first.
        results.checks().stream()
                .sorted(Comparator.comparing(Check::passed))
                .forEach(check -> text.append("- %s\n".formatted(check)));
        Files.writeString(this.directory.resolve(FILE), text);
    }

    /** Returns the table of one workload. */
    public String table(Workload workload, Results results) {
        StringBuilder text = new StringBuilder();
        text.append("## %s\n\n%s\n\n".formatted(workload.name(), workload.description()));
        List<Row> rows = results.rows().stream()
                .filter(row -> row.workload().equals(workload.name()))
                .toList();
        List<String> columns = this.peers.stream()
                .map(Peer::name)
                .filter(peer -> rows.stream().anyMatch(row -> results.of(row).containsKey(peer)))
                .toList();
        text.append("| |");
        columns.forEach(column -> text.append(" %s |".formatted(column)));
        text.append("\n|---|").append("---:|".repeat(columns.size())).append('\n');
        for (Row row : rows) {
            text.append("| %s: %s |".formatted(row.scenario(), row.metric()));
            for (String column : columns) {
                Samples samples = results.of(row).get(column);
                text.append(" %s |".formatted(samples != null ? cell(samples, row.metric()) : "–"));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String cell(Samples samples, Metric metric) {
        String median = number(samples.median(), metric);
        if (samples.values().size() == 1) {
            return median;
        }
        return "%s (%s–%s)".formatted(median, number(samples.min(), metric), number(samples.max(), metric));
    }

    private static String number(double value, Metric metric) {
        return ("%,." + metric.digits() + "f").formatted(value);
    }

    private static String joined(Map<String, String> settings) {
        return String.join(
                ", ",
                settings.entrySet().stream()
                        .map(setting -> setting.getKey() + " " + setting.getValue())
                        .toList());
    }
}
