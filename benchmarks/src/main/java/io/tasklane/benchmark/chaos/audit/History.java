package io.tasklane.benchmark.chaos.audit;

import io.tasklane.benchmark.chaos.fault.Node;
import io.tasklane.benchmark.chaos.worker.DatabaseTime;
import io.tasklane.benchmark.chaos.worker.TaskKind;
import io.tasklane.benchmark.database.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the database knows in the end: orders, tasks, and the runs and effects in the ledger. */
public final class History {

    private static final Pattern NUMBER = Pattern.compile("\"number\":\\s*(-?\\d+)");

    private final Set<Long> orders = new HashSet<>();

    private final Map<Long, List<StoredTask>> tasks = new HashMap<>();

    private final Map<Long, List<Run>> runs = new HashMap<>();

    private final Map<Long, List<Effect>> effects = new HashMap<>();

    History() {}

    /** Creates the tables of orders, runs and effects. */
    public static void createTables(Database database) throws SQLException {
        database.execute(
                "CREATE TABLE chaos_order (number BIGINT NOT NULL PRIMARY KEY, kind VARCHAR(20) NOT NULL)",
                """
                CREATE TABLE chaos_run (
                    run_id VARCHAR(40) NOT NULL PRIMARY KEY,
                    number BIGINT NOT NULL,
                    kind VARCHAR(20) NOT NULL,
                    node VARCHAR(20) NOT NULL,
                    millis INT NOT NULL,
                    attempt INT NOT NULL,
                    recoveries INT NOT NULL,
                    worker_id BIGINT NOT NULL,
                    seq BIGINT NOT NULL,
                    claimed_at BIGINT NOT NULL,
                    start_nanos BIGINT NOT NULL,
                    end_nanos BIGINT)""",
                "CREATE INDEX chaos_run_start ON chaos_run (start_nanos)",
                """
                CREATE TABLE chaos_effect (
                    run_id VARCHAR(40) NOT NULL PRIMARY KEY,
                    number BIGINT NOT NULL,
                    written_nanos BIGINT NOT NULL)""");
    }

    /** Reads everything. */
    public static History read(Database database) throws SQLException {
        History history = new History();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT number FROM chaos_order")) {
                while (row.next()) {
                    history.addOrder(row.getLong(1));
                }
            }
            try (ResultSet row = statement.executeQuery("""
                    SELECT t.*, (SELECT COUNT(*) FROM tasklane_attempt a WHERE a.task_id = t.id) AS attempts
                    FROM tasklane_tasks t""")) {
                while (row.next()) {
                    history.add(task(row));
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT * FROM chaos_run ORDER BY start_nanos")) {
                while (row.next()) {
                    history.add(run(row));
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT * FROM chaos_effect")) {
                while (row.next()) {
                    history.add(
                            new Effect(row.getString("run_id"), row.getLong("number"), row.getLong("written_nanos")));
                }
            }
        }
        return history;
    }

    void addOrder(long number) {
        this.orders.add(number);
    }

    void add(StoredTask task) {
        this.tasks.computeIfAbsent(task.number(), number -> new ArrayList<>()).add(task);
    }

    void add(Run run) {
        this.runs.computeIfAbsent(run.number(), number -> new ArrayList<>()).add(run);
    }

    void add(Effect effect) {
        this.effects
                .computeIfAbsent(effect.number(), number -> new ArrayList<>())
                .add(effect);
    }

    private static StoredTask task(ResultSet row) throws SQLException {
        String payload = row.getString("payload");
        Matcher number = NUMBER.matcher(payload);
        if (!number.find()) {
            throw new IllegalStateException("No number in " + payload);
        }
        String result = row.getString("result");
        return new StoredTask(
                row.getLong("id"),
                Long.parseLong(number.group(1)),
                TaskKind.valueOf(row.getString("task")),
                row.getString("state"),
                row.getInt("retries_used"),
                row.getInt("recoveries"),
                row.getLong("worker_id"),
                result != null ? result.replace("\"", "") : null,
                DatabaseTime.micros(row, "created_at"),
                row.getInt("attempts") > 0);
    }

    private static Run run(ResultSet row) throws SQLException {
        String process = row.getString("node");
        return new Run(
                row.getString("run_id"),
                row.getLong("number"),
                TaskKind.valueOf(row.getString("kind")),
                process,
                Node.numberOf(process),
                row.getInt("millis"),
                row.getInt("attempt"),
                row.getInt("recoveries"),
                row.getLong("worker_id"),
                row.getLong("seq"),
                row.getLong("claimed_at"),
                row.getLong("start_nanos"),
                row.getLong("end_nanos"));
    }

    Set<Long> orders() {
        return this.orders;
    }

    /** All tasks of all numbers. */
    List<StoredTask> tasks() {
        return this.tasks.values().stream().flatMap(Collection::stream).toList();
    }

    /** All runs of all tasks, by number. */
    Map<Long, List<Run>> runs() {
        return this.runs;
    }

    List<StoredTask> tasksOf(long number) {
        return this.tasks.getOrDefault(number, List.of());
    }

    /** The runs of a task, in the order in which they began. */
    List<Run> runsOf(long number) {
        return this.runs.getOrDefault(number, List.of());
    }

    /** All effects of all tasks, by number. */
    Map<Long, List<Effect>> effects() {
        return this.effects;
    }

    List<Effect> effectsOf(long number) {
        return this.effects.getOrDefault(number, List.of());
    }

    int runCount() {
        return this.runs.values().stream().mapToInt(List::size).sum();
    }
}
