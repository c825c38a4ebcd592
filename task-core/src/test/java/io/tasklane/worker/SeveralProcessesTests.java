package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.TaskState;
import io.tasklane.store.NewTask;
import io.tasklane.store.jdbc.JdbcStoreSettings;
import io.tasklane.store.jdbc.JdbcTaskStore;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import io.tasklane.test.TestTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
        List<NewTask> tasks = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            tasks.add(new NewTask(this.store.real().newId(), "count", "default", 0, 3, "t" + i, Map.of(), null, null));
        }
        this.store.real().insert(tasks, committed -> {});

        await().atMost(Duration.ofSeconds(60)).until(() -> this.store.count("default", TaskState.SUCCEEDED) == 1_000);
        assertThat(jdbc.queryForObject("select count(*) from task_run", Long.class))
                .isEqualTo(1_000);
        assertThat(jdbc.queryForObject("select count(distinct task_text) from task_run", Long.class))
                .isEqualTo(1_000);
        assertThat(jdbc.queryForList("select distinct pid from task_run", Long.class))
                .containsExactlyInAnyOrderElementsOf(
                        this.programs.stream().map(Process::pid).toList());
    }

    private void create(TestDatabaseProduct product) {
        this.database = TestDatabase.create(product);
        TestTables.create(this.database.dataSource());
        this.opened = new JdbcTaskStore(this.database.dataSource(), JdbcStoreSettings.DEFAULT);
        this.store = new TestStore(this.opened);
    }

    /** Starts a program, and returns the file that takes its output. */
    private Path startProgram() throws IOException {
        Path output = this.outputs.resolve("program" + this.programs.size());
        this.programs.add(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CountingProgram.class.getName(),
                        this.database.url(),
                        this.database.username(),
                        this.database.password())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start());
        return output;
    }

    private static boolean says(Path output, String line) throws IOException {
        return Files.readString(output).contains(line);
    }
}
