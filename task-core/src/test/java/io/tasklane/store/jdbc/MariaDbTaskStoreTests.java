package io.tasklane.store.jdbc;

import static io.tasklane.store.TaskStoreFixture.ERROR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.store.LeasedTask;
import io.tasklane.store.NewTask;
import io.tasklane.store.TaskKey;
import io.tasklane.store.TaskOutcome;
import io.tasklane.store.TaskStoreFixture;
import io.tasklane.test.TestDatabaseProduct;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class MariaDbTaskStoreTests extends JdbcTaskStoreContractTests {

    MariaDbTaskStoreTests() {
        super(TestDatabaseProduct.MARIADB);
    }

    // To see whether an id is unique, InnoDB looks at the next one in the index too, and waits for who has inserted it.
    @Override
    protected boolean openDelaysHoldUpOthers() {
        return true;
    }

    @Test
    void manyTasksAreInsertedByTheBulkProtocolOfTheDriver() {
        List<String> inserts = new ArrayList<>();
        JdbcTaskStore watched = open(
                connections((connection, method, values) -> {
                    if (method.equals("prepareStatement")
                            && values[0].toString().startsWith("INSERT INTO tasklane_task (")) {
                        inserts.add(values[0].toString());
                    }
                }),
                JdbcStoreSettings.DEFAULT);
        List<NewTask> tasks = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            tasks.add(this.fixture.task().build());
        }
        long before = executions();
        watched.insert(tasks, committed -> {});
        assertThat(inserts).hasSize(1).allSatisfy(sql -> assertThat(sql).containsOnlyOnce("(?"));
        // Not one for each of them, as other drivers do with a batch.
        assertThat(executions() - before).isLessThan(50);
        assertThat(this.fixture.claim(this.fixture.join(), 300, "default")).hasSize(200);
    }

    /** Statements that all clients of the server have executed. */
    private long executions() {
        return JdbcClient.create(this.database.dataSource())
                .sql("select sum(variable_value) from information_schema.global_status"
                        + " where variable_name in ('COM_STMT_EXECUTE', 'QUESTIONS')")
                .query(Long.class)
                .single();
    }

    /** An update sees where tasks stood when it began, but holds as they are when it comes to them. */
    @Test
    void n4_aHoldThatATaskGetsWhileKeysAreMendedStays() {
        TaskKey key = new TaskKey("third", 1, TaskKey.Hold.UNTIL_RETRY);
        this.fixture.task().key("first", 1).insert();
        TaskId second = this.fixture.task().key("second", 1).insert();
        TaskId third = this.fixture.task().key(key).insert();
        this.store.releaseBlocked(100);
        LeasedTask claimed =
                this.fixture.claim(this.fixture.join(), 10, "default").get(2);
        assertThat(claimed.lease().task()).isEqualTo(third);
        JdbcClient client = JdbcClient.create(this.database.dataSource());
        TransactionTemplate transaction = new TransactionTemplate(transactionManager());
        // While nobody can look at the keys, so that what it held is still there.
        transaction.executeWithoutResult(status -> {
            client.sql("select id from tasklane_key_lock for update").query().singleValue();
            meanwhile(() -> this.fixture.complete(claimed, new TaskOutcome.Retried(ERROR, Duration.ofSeconds(5))));
        });
        this.clock.advance(Duration.ofSeconds(5));
        long hold = client.sql("select id from tasklane_key_hold where task_id = ?")
                .param(second.value())
                .query(Long.class)
                .single();
        List<CompletableFuture<Boolean>> mended = new ArrayList<>();
        transaction.executeWithoutResult(status -> {
            client.sql("select id from tasklane_key_hold where id = ? for update")
                    .param(hold)
                    .query()
                    .singleValue();
            mended.add(CompletableFuture.supplyAsync(() -> this.store.mendKeys(100)));
            await().until(() -> client.sql("select count(*) from information_schema.innodb_trx t"
                            + " join information_schema.processlist p on p.id = t.trx_mysql_thread_id"
                            + " where t.trx_state = 'LOCK WAIT' and p.db = database()")
                    .query(Integer.class)
                    .single()
                    .equals(1));
            meanwhile(() -> {
                this.store.promoteDue(10);
                this.store.releaseBlocked(100);
                assertThat(this.store.state(third)).contains(TaskState.QUEUED);
            });
        });
        mended.get(0).orTimeout(30, TimeUnit.SECONDS).join();
        TaskId next = this.fixture.task().key(key).insert();
        this.store.releaseBlocked(100);
        assertThat(this.store.state(next)).contains(TaskState.BLOCKED);
    }

    private static void meanwhile(Runnable action) {
        CompletableFuture.runAsync(action).orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** REPEATABLE READ is the default here. */
    @Test
    void x29_aTransactionThatSeesATaskWhereItWasIsToldSo() throws Exception {
        TaskId id = this.fixture.insert("default");
        TaskStoreFixture other = new TaskStoreFixture(openAnotherStore());
        long worker = other.join("default");
        new TransactionTemplate(new DataSourceTransactionManager(this.database.dataSource()))
                .executeWithoutResult(status -> {
                    assertThat(this.store.state(id)).contains(TaskState.QUEUED);
                    other.complete(other.claimOne(worker, "default"), new TaskOutcome.Succeeded(null));
                    assertThatExceptionOfType(CannotAcquireLockException.class)
                            .isThrownBy(() -> this.store.cancel(id, this.changes))
                            .withMessageContaining("try again in a new transaction");
                });
        assertThat(this.store.cancel(id, this.changes)).isFalse();
        assertThat(this.store.state(id)).contains(TaskState.SUCCEEDED);
    }
}
