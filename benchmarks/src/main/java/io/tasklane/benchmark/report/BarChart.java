package io.tasklane.benchmark.report;

import io.tasklane.benchmark.peer.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Draws bars: for each scenario the median of its first metric by peer, with a line from the least to the greatest value. */
final class BarChart {

    private static final int WIDTH = 900;

    private static final int LEFT = 170;

    private static final int BARS = 560;

    private static final int BAR_HEIGHT = 16;

    private static final int TITLE_HEIGHT = 34;

    private final List<Peer> peers;

    BarChart(List<Peer> peers) {
        this.peers = peers;
    }

    void write(Path directory, String workload, Results results) throws IOException {
        StringBuilder body = new StringBuilder();
        int y = 10;
        for (Row row : firstOfEachScenario(workload, results)) {
            y = panel(body, y, row, results.of(row));
        }
        String svg = """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d"
                  font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                %3$s</svg>
                """.formatted(WIDTH, y + 10, body);
        Files.writeString(directory.resolve(workload + ".svg"), svg);
    }

    private static List<Row> firstOfEachScenario(String workload, Results results) {
        List<Row> rows = results.rows().stream()
                .filter(row -> row.workload().equals(workload))
                .toList();
        return rows.stream()
                .filter(row -> rows.stream()
                        .filter(other -> other.scenario().equals(row.scenario()))
                        .findFirst()
                        .orElseThrow()
                        .equals(row))
                .toList();
    }

    private int panel(StringBuilder body, int top, Row row, Map<String, Samples> values) {
        BarScale scale = BarScale.of(values.values(), BARS);
        body.append("<text x=\"10\" y=\"%d\" font-weight=\"bold\">%s: %s%s</text>\n"
                .formatted(
                        top + 20,
                        escape(row.scenario()),
                        escape(row.metric().toString()),
                        scale.logarithmic() ? " (logarithmic)" : ""));
        int y = top + TITLE_HEIGHT;
        for (Peer peer : this.peers) {
            Samples samples = values.get(peer.name());
            if (samples != null) {
                bar(body, y, peer, samples, row.metric(), scale);
                y += BAR_HEIGHT + 4;
            }
        }
        return y + 6;
    }

    private static void bar(StringBuilder body, int y, Peer peer, Samples samples, Metric metric, BarScale scale) {
        String value = ("%,." + metric.digits() + "f").formatted(samples.median());
        int middle = y + BAR_HEIGHT / 2;
        double least = LEFT + scale.pixels(samples.min());
        double most = LEFT + scale.pixels(samples.max());
        body.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n"
                .formatted(LEFT - 8, y + 12, escape(peer.name())));
        body.append("<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n"
                .formatted(LEFT, y, scale.pixels(samples.median()), BAR_HEIGHT, color(peer)));
        body.append("<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"black\"/>\n"
                .formatted(least, most, middle, middle));
        body.append("<text x=\"%.1f\" y=\"%d\">%s</text>\n".formatted(most + 6, y + 12, value));
    }

    private static String color(Peer peer) {
        return switch (peer.role()) {
            case SUBJECT -> "#2a6fbb";
            case RIVAL -> "#b0b7bf";
            case REFERENCE -> "#e0c878";
        };
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
