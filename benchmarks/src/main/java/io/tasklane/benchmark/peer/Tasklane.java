package io.tasklane.benchmark.peer;

import io.tasklane.TaskClient;
import io.tasklane.benchmark.database.Database;
import io.tasklane.benchmark.database.Product;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Tasklane as users run it: a Spring Boot application with the starter, configured by properties. */
public final class Tasklane implements Peer {

    @Override
    public String name() {
        return "tasklane";
    }

    @Override
    public String settings() {
        return "Tasklane of this working copy: Spring Boot application, `tasklane.queues.benchmark.concurrency` as measured,"
                + " everything else default; finished tasks are kept";
    }

    @Override
    public Role role() {
        return Role.SUBJECT;
    }

    @Override
    public boolean supports(Product product) {
        return true;
    }

    @Override
    public void createTables(Database database) {
        open(NodeSettings.of(database, 2, 0, task -> {})).close();
    }

    @Override
    public String unfinished() {
        return """
                SELECT kind_id FROM tasklane_ready WHERE kind_id IN (SELECT id FROM tasklane_kind WHERE name = '%1$s')
                    AND queue_id IN (SELECT id FROM tasklane_queue WHERE name = '%2$s')
                UNION ALL SELECT kind_id FROM tasklane_running
                UNION ALL SELECT kind_id FROM tasklane_due WHERE run_at < CURRENT_TIMESTAMP + INTERVAL '1' HOUR""".formatted(BenchmarkTasks.TASK, BenchmarkTasks.QUEUE);
    }

    /** Returns the name of a property of the queue of the tasks. */
    public static String queueProperty(String setting) {
        return "tasklane.queues.%s.%s".formatted(BenchmarkTasks.QUEUE, setting);
    }

    /** Returns a query with one row for each task that has not ended, of whatever name and queue. */
    public String stored() {
        return Stream.of("ready", "running", "due", "blocked")
                .map("SELECT task_id FROM tasklane_%s"::formatted)
                .collect(Collectors.joining(" UNION ALL "));
    }

    /** Writes tasks that have ended, before any node has been opened: by SQL, because there are too many to run them. */
    public void insertFinished(Database database, int rows) throws SQLException {
        database.execute(
                """
                INSERT INTO tasklane_task (id, queue_id, kind_id, priority, retries, created_at, payload)
                SELECT n, q.id, k.id, 0, 3, now() - interval '1 hour', '{"task":' || n || '}'
                FROM generate_series(1, %d) n, tasklane_queue q, tasklane_kind k WHERE q.name = '%s' AND k.name = '%s'""".formatted(rows, BenchmarkTasks.QUEUE, BenchmarkTasks.TASK),
                """
                INSERT INTO tasklane_finished (task_id, queue_id, kind_id, state, retries_used, recoveries, worker_id,
                    started_at, finished_at)
                SELECT id, queue_id, kind_id, 1, 0, 0, 1, created_at, created_at + id * interval '1 microsecond'
                FROM tasklane_task""",
                "SELECT setval('tasklane_id_seq', %d)".formatted(rows + 1));
    }

    /** Writes tasks of so many keys, of each one that holds it and one that waits for it, in a queue that nobody consumes. */
    public void insertBlocked(Database database, int keys) throws SQLException {
        String key = "'task:' || k.name || ':' || mod(n - 1, %d)".formatted(keys);
        database.execute(
                """
                INSERT INTO tasklane_task (id, queue_id, kind_id, priority, retries, created_at, payload, concurrency_key,
                    key_limit, key_until)
                SELECT n, q.id, k.id, 0, 3, now(), '{"task":' || n || '}', %2$s, 1, 1
                FROM generate_series(1, 2 * %1$d) n, tasklane_queue q, tasklane_kind k
                WHERE q.name = 'default' AND k.name = '%3$s'""".formatted(keys, key, BenchmarkTasks.TASK),
                """
                INSERT INTO tasklane_ready (queue_id, band, task_id, kind_id, ready_at)
                SELECT queue_id, 0, id, kind_id, created_at FROM tasklane_task WHERE id <= %d ORDER BY id""".formatted(keys),
                "INSERT INTO tasklane_key_hold (task_id, concurrency_key) SELECT id, concurrency_key FROM tasklane_task WHERE id <= %d"
                        .formatted(keys),
                """
                INSERT INTO tasklane_blocked (task_id, queue_id, band, kind_id, concurrency_key, key_limit, waiting)
                SELECT id, queue_id, 0, kind_id, concurrency_key, 1, true FROM tasklane_task WHERE id > %d ORDER BY id""".formatted(keys),
                "SELECT setval('tasklane_id_seq', %d)".formatted(2 * keys + 1));
    }

    @Override
    public TasklaneNode open(NodeSettings settings) {
        TaskBody body = settings.body()::run;
        ConfigurableApplicationContext context = new SpringApplicationBuilder(TasklaneApplication.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .initializers(created -> ((GenericApplicationContext) created).registerBean(TaskBody.class, () -> body))
                .properties(properties(settings))
                .run();
        return new TasklaneNode(context, context.getBean(TaskClient.class), context.getBean(BenchmarkTasks.class));
    }

    private static Map<String, Object> properties(NodeSettings settings) {
        Database database = settings.database();
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("spring.application.name", "benchmark");
        properties.put("spring.datasource.url", database.url());
        properties.put("spring.datasource.username", database.username());
        properties.put("spring.datasource.password", database.password());
        properties.put("spring.datasource.hikari.maximum-pool-size", settings.connections());
        properties.put("tasklane.worker.enabled", settings.consumes());
        properties.put("tasklane.worker.auto-startup", false);
        properties.put(queueProperty("concurrency"), Math.max(1, settings.concurrency()));
        // Beside the one of the tasks and the one that always exists.
        for (int i = 3; i <= settings.queues(); i++) {
            properties.put("tasklane.queues.other-" + i + ".concurrency", Math.max(1, settings.concurrency()));
        }
        properties.put("tasklane.worker.queues", settings.queues() == 1 ? BenchmarkTasks.QUEUE : "*");
        properties.putAll(settings.properties());
        return properties;
    }
}
