package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tasklane.Completion;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.store.jdbc.JdbcStoreSettings;
import io.tasklane.store.jdbc.JdbcTaskStore;
import io.tasklane.store.schema.SchemaMigrator;
import io.tasklane.store.schema.SchemaMode;
import io.tasklane.store.schema.TablePrefix;
import io.tasklane.test.TcpGate;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A connection breaks between the statement of a task's own thread and the answer to it. */
@Timeout(120)
class LostReplyTests {

    private TestDatabase database;

    private TcpGate gate;

    private HikariDataSource pool;

    private JdbcTaskStore jdbc;

    private TestStore store;

    @AfterEach
    void close() {
        this.jdbc.close();
        this.pool.close();
        this.gate.close();
        this.database.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void decision15_aBodyWhoseMarkWasWrittenWithoutAnAnswerStartsOnce(TestDatabaseProduct product) {
        open(product);
        this.gate.loseReplyTo("", "SET started = true");
        try (TestNode node = new TestNode(this.store, TestNode.settings())) {
            node.handle(TestNode.definition("task", Completion.BEFORE_RUN), call -> null)
                    .start();
            TaskId task = this.store.enqueue("task", "default", node.registry);
            await().atMost(Duration.ofSeconds(60)).until(() -> this.store.state(task) == TaskState.SUCCEEDED);
            assertThat(this.gate.isSprung()).isTrue();
            assertThat(this.store.calls("start")).isEqualTo(2);
            assertThat(node.started).hasSize(1);
        }
    }

    private void open(TestDatabaseProduct product) {
        this.database = TestDatabase.create(product);
        new SchemaMigrator(
                        this.database.dataSource(),
                        SchemaMode.MIGRATE,
                        TablePrefix.DEFAULT,
                        getClass().getClassLoader())
                .afterPropertiesSet();
        this.gate = new TcpGate(this.database.url());
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(this.gate.url());
        config.setUsername(this.database.username());
        config.setPassword(this.database.password());
        config.setMaximumPoolSize(5);
        this.pool = new HikariDataSource(config);
        this.jdbc = new JdbcTaskStore(this.pool, JdbcStoreSettings.DEFAULT);
        this.store = new TestStore(this.jdbc);
    }
}
