package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.QueueSetting;
import io.tasklane.QueueSpec;
import io.tasklane.TaskState;
import io.tasklane.store.NewTask;
import io.tasklane.store.TaskKey;
import io.tasklane.store.jdbc.JdbcStoreSettings;
import io.tasklane.store.jdbc.JdbcTaskStore;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import io.tasklane.test.TestTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Nodes in JVMs of their own, side by side on one database. */
@Timeout(120)
class SeveralProcessesTests {

    private final List<Process> programs = new ArrayList<>();

    @TempDir
    private Path outputs;

    private TestDatabase database;

    private JdbcTaskStore opened;

    private TestStore store;

    @AfterEach
    void stop() throws InterruptedException {
        for (Process program : this.programs) {
            program.destroyForcibly().waitFor();
        }
        this.opened.close();
        this.database.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void c2_twoJvmsRunEachOfAThousandTasksOnce(TestDatabaseProduct product) throws Exception {
        create(product);
        JdbcTemplate jdbc = new JdbcTemplate(this.database.dataSource());
        jdbc.execute("create table task_run (task_text varchar(20) not null, pid bigint not null)");
        Path one = startProgram();
        Path two = startProgram();
        await().atMost(Duration.ofSeconds(60)).until(() -> says(one, CountingProgram.JOINED));
        await().atMost(Duration.ofSeconds(60)).until(() -> says(two, CountingProgram.JOINED));
        enqueue(1_000);

        await().atMost(Duration.ofSeconds(60)).until(() -> this.store.count("default", TaskState.SUCCEEDED) == 1_000);
        assertThat(jdbc.queryForObject("select count(*) from task_run", Long.class))
                .isEqualTo(1_000);
        assertThat(jdbc.queryForObject("select count(distinct task_text) from task_run", Long.class))
                .isEqualTo(1_000);
        assertThat(jdbc.queryForList("select distinct pid from task_run", Long.class))
                .containsExactlyInAnyOrderElementsOf(
                        this.programs.stream().map(Process::pid).toList());
    }

    /** In one test, because starting the processes is what takes its time. */
    @ParameterizedTest
    @CsvSource({"POSTGRESQL, 4", "MARIADB, 2"})
    void a18_c11_n4_severalJvmsPauseAndShareQueuesKeepToTheirTagsAndRunTheTasksOfAKeyInOrder(
            TestDatabaseProduct product, int jvms) throws Exception {
        create(product);
        for (String queue : List.of("plain", "shared", "paired")) {
            this.store.real().declare(QueueSpec.named(queue));
        }
        this.store.real().declare(QueueSpec.named("tagged").tags("has=gpu"));
        JdbcTemplate jdbc = new JdbcTemplate(this.database.dataSource());
        jdbc.execute("create table step_run (step_text varchar(20) not null, pid bigint not null,"
                + " started bigint not null, ended bigint)");
        List<Path> outputs = new ArrayList<>();
        for (int i = 0; i < jvms; i++) {
            outputs.add(
                    startProgram(KeyedProgram.class, "-D" + WorkerProgram.TAGS + (i == 0 ? "=has=gpu" : "=has=cpu")));
        }
        for (Path output : outputs) {
            await().atMost(Duration.ofSeconds(60)).until(() -> says(output, KeyedProgram.JOINED));
        }
        enqueueSteps("plain", "plain", 4_000, null);
        await().until(() -> pids(jdbc, "plain").size() == jvms);
        this.store.real().pause("plain", null);
        await().until(() -> this.store.count("plain", TaskState.RUNNING) == 0);
        long queued = this.store.count("plain", TaskState.QUEUED);
        assertThat(queued).isPositive();

        fairKeysShareAQueue(jdbc);
        enqueueSteps("tagged", "gpu", 20, null);
        noMoreTasksOfAKeyRunThanItsLimit(jdbc);
        await().until(() -> this.store.count("tagged", TaskState.SUCCEEDED) == 20);
        assertThat(pids(jdbc, "gpu")).containsExactly(this.programs.get(0).pid());

        assertThat(this.store.count("plain", TaskState.QUEUED)).as("paused").isEqualTo(queued);
        this.store.real().resume("plain");
        await().until(() -> this.store.count("plain", TaskState.QUEUED) < queued);
        tasksOfAKeyRunInOrderThoughAProcessIsKilled(jdbc);
        assertThat(pids(jdbc, "k")).hasSize(jvms);
    }

    private void fairKeysShareAQueue(JdbcTemplate jdbc) {
        this.store.real().pause("shared", null);
        enqueueSteps("shared", "flood", 300, new TaskKey("flood", 8, TaskKey.Hold.UNTIL_CLAIMED));
        enqueueSteps("shared", "quiet", 20, new TaskKey("quiet", 8, TaskKey.Hold.UNTIL_CLAIMED));
        await().until(() -> this.store.count("shared", TaskState.QUEUED) == 16);
        assertThat(pids(jdbc, "flood")).isEmpty();
        this.store.real().resume("shared");
        await().atMost(Duration.ofSeconds(60)).until(() -> this.store.count("shared", TaskState.SUCCEEDED) == 320);
        // Twenty turns of each, the eight that are QUEUED beside them, and those that a claim takes at once.
        assertThat(jdbc.queryForObject(
                        "select count(*) from step_run where step_text like 'flood%' and started <"
                                + " (select max(started) from step_run where step_text like 'quiet%')",
                        Long.class))
                .isLessThan(100);
    }

    private void noMoreTasksOfAKeyRunThanItsLimit(JdbcTemplate jdbc) {
        enqueueSteps("paired", "pair", 20, new TaskKey("pair", 2, TaskKey.Hold.UNTIL_ENDED));
        await().until(() -> this.store.count("paired", TaskState.SUCCEEDED) == 20);
        assertThat(jdbc.queryForObject(
                        "select count(*) from step_run run join step_run other"
                                + " on other.started <= run.started and other.ended > run.started"
                                + " where run.step_text like 'pair%' and other.step_text like 'pair%'"
                                + " group by run.step_text order by 1 desc limit 1",
                        Long.class))
                .isEqualTo(2);
    }

    private void tasksOfAKeyRunInOrderThoughAProcessIsKilled(JdbcTemplate jdbc) throws Exception {
        List<NewTask> tasks = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            String text = "k%02d:%02d".formatted(i % 50, i / 50);
            tasks.add(step("default", text, new TaskKey(text.substring(0, 3), 1, TaskKey.Hold.UNTIL_ENDED)));
        }
        this.store.real().insert(tasks, committed -> {});
        Process killed = this.programs.get(0);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> jdbc.queryForObject(
                                "select count(*) from step_run where step_text like 'k%' and pid = " + killed.pid(),
                                Long.class)
                        >= 20);
        killed.destroyForcibly().waitFor();

        await().atMost(Duration.ofSeconds(60)).until(() -> this.store.count("default", TaskState.SUCCEEDED) == 1_000);
        Map<String, StepRun> last = new HashMap<>();
        jdbc.query(
                "select step_text, pid, started, ended from step_run where step_text like 'k%' order by started",
                row -> {
                    StepRun run = new StepRun(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4));
                    StepRun before = last.put(run.key(), run);
                    if (before == null) {
                        assertThat(run.number()).isZero();
                    } else if (before.pid() == killed.pid() && before.text().equals(run.text())) {
                        assertThat(run.pid()).isNotEqualTo(killed.pid());
                    } else {
                        assertThat(run.number()).as("%s after %s", run, before).isEqualTo(before.number() + 1);
                        assertThat(run.started()).as("%s after %s", run, before).isGreaterThan(before.ended());
                    }
                });
        assertThat(last)
                .hasSize(50)
                .allSatisfy((key, run) -> assertThat(run.number()).isEqualTo(19));
        assertThat(jdbc.queryForObject("select count(*) from tasklane_key_hold where ended = false", Long.class))
                .isZero();
    }

    @Test
    void a5_x8_fourJvmsTogetherKeepTheLimitWithinFivePercentAndNoIntervalSeesMoreThanItsBurst() throws Exception {
        create(TestDatabaseProduct.POSTGRESQL);
        JdbcTemplate jdbc = new JdbcTemplate(this.database.dataSource());
        jdbc.execute("create table task_run (task_text varchar(20) not null, pid bigint not null)");
        jdbc.execute("create table claim_log (claimed_at timestamptz not null)");
        jdbc.execute("create function log_claim() returns trigger language plpgsql as"
                + " 'begin insert into claim_log values (new.claimed_at); return null; end'");
        jdbc.execute("create trigger log_claim after insert on tasklane_running"
                + " for each row execute function log_claim()");
        this.store.real().patch("default", settings -> settings.with(QueueSetting.RATE_LIMIT, 0));
        enqueue(1_400);
        List<Path> programs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            programs.add(startProgram());
        }
        for (Path program : programs) {
            await().atMost(Duration.ofSeconds(60)).until(() -> says(program, CountingProgram.JOINED));
        }
        assertThat(this.store.count("default", TaskState.QUEUED)).isEqualTo(1_400);
        this.store.real().patch("default", settings -> settings.with(QueueSetting.RATE_LIMIT, 100));
        await().atMost(Duration.ofSeconds(40)).until(() -> this.store.count("default", TaskState.SUCCEEDED) == 1_400);

        List<Instant> starts = jdbc
                .queryForList("select started_at from tasklane_finished order by started_at", OffsetDateTime.class)
                .stream()
                .map(OffsetDateTime::toInstant)
                .toList();
        // The first tasks of a JVM wait for its classes.
        Instant from = starts.get(0).plusSeconds(2);
        assertThat(starts)
                .filteredOn(start -> !start.isBefore(from) && start.isBefore(from.plusSeconds(10)))
                .hasSizeBetween(950, 1_050);
        // By the claims, which take the tokens: a body may start as much later as its JVM is busy.
        List<Instant> claims =
                jdbc.queryForList("select claimed_at from claim_log order by claimed_at", OffsetDateTime.class).stream()
                        .map(OffsetDateTime::toInstant)
                        .toList();
        assertThat(claims).hasSameSizeAs(starts);
        for (int i = 0; i + 110 < claims.size(); i++) {
            assertThat(Duration.between(claims.get(i), claims.get(i + 110)))
                    .as("from claim %d on", i)
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
        assertThat(jdbc.queryForObject("select count(distinct pid) from task_run", Long.class))
                .isEqualTo(4);
    }

    private void enqueue(int count) {
        List<NewTask> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tasks.add(new NewTask(this.store.real().newId(), "count", "default", 0, 3, "t" + i, Map.of(), null, null));
        }
        this.store.real().insert(tasks, committed -> {});
    }

    private void enqueueSteps(String queue, String name, int count, @Nullable TaskKey key) {
        List<NewTask> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tasks.add(step(queue, name + i, key));
        }
        this.store.real().insert(tasks, committed -> {});
    }

    private NewTask step(String queue, String text, @Nullable TaskKey key) {
        return new NewTask(this.store.real().newId(), "step", queue, 0, 3, text, 1, Map.of(), null, null, key);
    }

    /** The processes that have started steps of a name. */
    private static List<Long> pids(JdbcTemplate jdbc, String name) {
        return jdbc.queryForList("select distinct pid from step_run where step_text like ?", Long.class, name + "%");
    }

    private void create(TestDatabaseProduct product) {
        this.database = TestDatabase.create(product);
        TestTables.create(this.database.dataSource());
        this.opened = new JdbcTaskStore(this.database.dataSource(), JdbcStoreSettings.DEFAULT);
        this.store = new TestStore(this.opened);
    }

    /** Starts a program, and returns the file that takes its output. */
    private Path startProgram() throws IOException {
        return startProgram(CountingProgram.class);
    }

    private Path startProgram(Class<?> program, String... options) throws IOException {
        Path output = this.outputs.resolve("program" + this.programs.size());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                this.database.url(),
                this.database.username(),
                this.database.password()));
        this.programs.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start());
        return output;
    }

    private static boolean says(Path output, String line) throws IOException {
        return Files.readString(output).contains(line);
    }

    /** One run of a step; {@code ended} is 0 if its process was killed meanwhile. */
    private record StepRun(String text, long pid, long started, long ended) {

        String key() {
            return this.text.substring(0, 3);
        }

        int number() {
            return Integer.parseInt(this.text.substring(4));
        }
    }
}
