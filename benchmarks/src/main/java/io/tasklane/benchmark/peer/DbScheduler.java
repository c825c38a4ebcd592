package io.tasklane.benchmark.peer;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import io.tasklane.benchmark.database.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** db-scheduler, with one of its two polling strategies. */
public final class DbScheduler implements Peer {

    private static final Duration POLLING_INTERVAL = Duration.ofMillis(100);

    // The documented table for PostgreSQL.
    private static final String[] TABLES = {
        """
        CREATE TABLE scheduled_tasks (
            task_name text NOT NULL, task_instance text NOT NULL, task_data bytea,
            execution_time timestamp with time zone NOT NULL, picked boolean NOT NULL, picked_by text,
            last_success timestamp with time zone, last_failure timestamp with time zone, consecutive_failures int,
            last_heartbeat timestamp with time zone, version bigint NOT NULL, priority smallint,
            PRIMARY KEY (task_name, task_instance))""",
        "CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time)",
        "CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat)",
        "CREATE INDEX priority_execution_time_idx ON scheduled_tasks (priority DESC, execution_time ASC)"
    };

    private final String name;

    private final String strategy;

    private final Consumer<SchedulerBuilder> polling;

    private DbScheduler(String name, String strategy, Consumer<SchedulerBuilder> polling) {
        this.name = name;
        this.strategy = strategy;
        this.polling = polling;
    }

    /** With its default strategy: candidates are read, and each is locked when its turn comes. */
    public static DbScheduler fetch() {
        return new DbScheduler(
                "db-scheduler-fetch", "fetch 0.5 to 4.0", builder -> builder.pollUsingFetchAndLockOnExecute(0.5, 4.0));
    }

    /** With the strategy for high throughput: candidates are locked when they are read. */
    public static DbScheduler lockAndFetch() {
        return new DbScheduler(
                "db-scheduler-lock", "lock-and-fetch 1.0 to 4.0", builder -> builder.pollUsingLockAndFetch(1.0, 4.0));
    }

    @Override
    public String name() {
        return this.name;
    }

    @Override
    public String settings() {
        return ("db-scheduler %s: %s, threads as measured, polling interval %d ms; bulk by `scheduleBatch`; immediate execution"
                        + " on for latency; finished tasks are deleted")
                .formatted(Versions.of(Scheduler.class, "db-scheduler"), this.strategy, POLLING_INTERVAL.toMillis());
    }

    @Override
    public Role role() {
        return Role.RIVAL;
    }

    @Override
    public void createTables(Database database) throws SQLException {
        database.execute(TABLES);
    }

    @Override
    public String unfinished() {
        return "SELECT 1 FROM scheduled_tasks";
    }

    @Override
    public Node open(NodeSettings settings) {
        OneTimeTask<Integer> task = Tasks.oneTime("benchmark", Integer.class)
                .execute((instance, context) -> settings.body().run(instance.getData()));
        HikariDataSource pool = settings.database().pool(settings.connections());
        SchedulerBuilder builder = Scheduler.create(pool, task)
                .threads(Math.max(1, settings.concurrency()))
                .pollingInterval(POLLING_INTERVAL);
        this.polling.accept(builder);
        if (settings.signal()) {
            builder.enableImmediateExecution();
        }
        return new SchedulerNode(task, builder.build(), pool);
    }

    private record SchedulerNode(OneTimeTask<Integer> task, Scheduler scheduler, HikariDataSource pool)
            implements Node {

        @Override
        public void enqueue(int number) {
            client().schedule(instance(number), Instant.now());
        }

        @Override
        public void enqueueAll(int from, int to) {
            List<TaskInstance<?>> instances = new ArrayList<>(to - from);
            for (int number = from; number < to; number++) {
                instances.add(instance(number));
            }
            client().scheduleBatch(instances, Instant.now());
        }

        private SchedulerClient client() {
            return this.scheduler;
        }

        private TaskInstance<Integer> instance(int number) {
            return this.task.instance(Integer.toString(number), number);
        }

        @Override
        public void start() {
            this.scheduler.start();
        }

        @Override
        public void close() {
            this.scheduler.stop();
            this.pool.close();
        }
    }
}
