package io.tasklane.autoconfigure.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.tasklane.Task;
import io.tasklane.TaskContext;
import io.tasklane.TaskHandle;
import io.tasklane.store.StoredWorker;
import io.tasklane.store.WorkerMembership;
import io.tasklane.test.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** The pool that workers share with their host. */
@ExtendWith(OutputCaptureExtension.class)
class ConnectionPoolTests {

    private static final String MAY_RUN = "The worker containers run up to";

    private final ApplicationContextRunner host = Hosts.boot().withPropertyValues(Hosts.h2());

    @Test
    void decision6_moreTasksThanConnectionsAreWarnedOf(CapturedOutput output) {
        this.host
                .withPropertyValues(
                        "spring.datasource.hikari.maximum-pool-size=5",
                        "tasklane.queues.high.concurrency=7",
                        "tasklane.worker.containers.shared.queues=high,default",
                        "tasklane.worker.containers.shared.concurrency=1-4",
                        "tasklane.queues.email.concurrency=1-2")
                .run(context -> assertThat(output).contains(MAY_RUN + " 6 tasks at once", "5 connections"));
    }

    @Test
    void decision6_asManyConnectionsAsTasksAreEnough(CapturedOutput output) {
        this.host
                .withPropertyValues(
                        "spring.datasource.hikari.maximum-pool-size=6",
                        "tasklane.worker.containers.shared.queues=*",
                        "tasklane.worker.containers.shared.concurrency=6")
                .run(context -> assertThat(output).doesNotContain(MAY_RUN));
    }

    @Test
    void decision6_tasksThatHoldThePoolForLongConvictNobody() {
        try (TestDatabase database = TestDatabase.h2()) {
            ApplicationContextRunner node = Hosts.boot()
                    .withPropertyValues(Hosts.of(database))
                    .withPropertyValues("spring.datasource.hikari.maximum-pool-size=2", "tasklane.recovery.after=9s");
            node.withBean(Holders.class)
                    .run(holding -> node.withPropertyValues("tasklane.worker.queues=email")
                            .run(watching -> holdThePool(
                                    holding.getBean(Holders.class), watching.getBean(WorkerMembership.class))));
        }
    }

    @Test
    void decision6_thatHoldsWhereTheCredentialsAreNotKnownToo() {
        try (TestDatabase database = TestDatabase.h2();
                HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(database.url());
            pool.setUsername(database.username());
            pool.setPassword(database.password());
            // One is kept for heartbeats.
            pool.setMaximumPoolSize(3);
            ApplicationContextRunner node = Hosts.bare()
                    .withConfiguration(AutoConfigurations.of(
                            DataSourceTransactionManagerAutoConfiguration.class, TransactionAutoConfiguration.class));
            node.withBean(DataSource.class, () -> hidden(pool))
                    .withBean(Holders.class)
                    .withPropertyValues("tasklane.recovery.after=9s")
                    .run(holding -> Hosts.boot()
                            .withPropertyValues(Hosts.of(database))
                            .withPropertyValues("tasklane.worker.queues=email", "tasklane.recovery.after=9s")
                            .run(watching -> holdThePool(
                                    holding.getBean(Holders.class), watching.getBean(WorkerMembership.class))));
        }
    }

    private static DataSource hidden(DataSource pool) {
        return new AbstractDataSource() {

            @Override
            public Connection getConnection() throws SQLException {
                return pool.getConnection();
            }

            @Override
            public Connection getConnection(String username, String password) throws SQLException {
                return pool.getConnection();
            }
        };
    }

    private static void holdThePool(Holders holders, WorkerMembership workers)
            throws SQLException, InterruptedException {
        TaskHandle<Integer> first = holders.hold();
        TaskHandle<Integer> second = holders.hold();
        await().until(holders::areHolding);
        Duration since = longestLife(workers);
        // Longer than it takes to be declared dead.
        await().atMost(Duration.ofSeconds(60)).until(() -> longestLife(workers).compareTo(since.plusSeconds(13)) > 0);
        assertThat(workers.workers()).hasSize(2).allMatch(StoredWorker::alive);
        holders.letGo();
        assertThat(first.get(Duration.ofSeconds(30))).isZero();
        assertThat(second.get(Duration.ofSeconds(30))).isZero();
        assertThat(holders.runs()).as("neither was interrupted and run again").isEqualTo(2);
    }

    /** How long the oldest worker has been writing heartbeats. */
    private static Duration longestLife(WorkerMembership workers) {
        StoredWorker oldest = workers.workers().get(0);
        return Duration.between(oldest.startedAt(), oldest.heartbeatAt());
    }

    /** A task that holds a connection of the pool until it is told that it is enough. */
    static class Holders {

        private final AtomicInteger runs = new AtomicInteger();

        private final CountDownLatch holding = new CountDownLatch(2);

        private final CountDownLatch enough = new CountDownLatch(1);

        private final DataSource dataSource;

        Holders(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        int runs() {
            return this.runs.get();
        }

        boolean areHolding() {
            return this.holding.getCount() == 0;
        }

        void letGo() {
            this.enough.countDown();
        }

        @Task
        public TaskHandle<Integer> hold() throws SQLException, InterruptedException {
            this.runs.incrementAndGet();
            try (Connection connection = this.dataSource.getConnection()) {
                this.holding.countDown();
                this.enough.await();
                return TaskHandle.of(
                        connection.isClosed() ? -1 : TaskContext.current().recoveries());
            }
        }
    }
}
