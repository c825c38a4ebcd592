package io.tasklane.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.TaskTransactionException;
import io.tasklane.store.NewTask;
import io.tasklane.store.TaskStoreFixture;
import io.tasklane.store.TransactionEnd;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestTables;
import jakarta.persistence.EntityManagerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.orm.jpa.DefaultJpaDialect;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Which transaction of the host an insert joins, and when its listeners hear of it. */
@ExtendWith(OutputCaptureExtension.class)
class CallerTransactionTests {

    private final List<AutoCloseable> resources = new ArrayList<>();

    private final List<NewTask> told = new ArrayList<>();

    private TestDatabase database;

    private JdbcTaskStore store;

    private TaskStoreFixture fixture;

    /** Ways in which hosts manage transactions on the data source of the store. */
    enum Host {
        JDBC(true, false),
        JDBC_AUTO_COMMIT_OFF(false, false),
        JPA(true, true),
        JPA_AUTO_COMMIT_OFF(false, true);

        private final boolean autoCommit;

        private final boolean jpa;

        Host(boolean autoCommit, boolean jpa) {
            this.autoCommit = autoCommit;
            this.jpa = jpa;
        }
    }

    @AfterEach
    void close() throws Exception {
        for (int i = this.resources.size() - 1; i >= 0; i--) {
            this.resources.get(i).close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void taskExistsIfAndOnlyIfTheTransactionCommits(Host host) throws Exception {
        TransactionTemplate transaction = start(host);
        TaskId committed = transaction.execute(status -> {
            TaskId id = insert();
            assertThat(this.store.state(id)).as("seen by its own transaction").contains(TaskState.QUEUED);
            assertThat(committedTasks()).as("not seen by others").isZero();
            assertThat(this.told).isEmpty();
            return id;
        });
        assertThat(committedTasks()).isEqualTo(1);
        assertThat(this.told).extracting(NewTask::id).containsExactly(committed);

        TaskId rolledBack = transaction.execute(status -> {
            status.setRollbackOnly();
            return insert();
        });
        assertThat(this.store.state(rolledBack)).isEmpty();
        assertThat(committedTasks()).isEqualTo(1);
        assertThat(this.told).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void listenersAreToldWhenTheTaskCanBeSeen(Host host) throws Exception {
        TransactionTemplate transaction = start(host);
        List<Long> seen = new ArrayList<>();
        transaction.executeWithoutResult(
                status -> this.store.insert(List.of(this.fixture.task().build()), tasks -> seen.add(committedTasks())));
        assertThat(seen).containsExactly(1L);
    }

    @ParameterizedTest
    @EnumSource
    void aReadOnlyTransactionIsRefused(Host host) throws Exception {
        TransactionTemplate transaction = start(host);
        transaction.setReadOnly(true);
        assertThatExceptionOfType(TaskTransactionException.class)
                .isThrownBy(() -> transaction.executeWithoutResult(status -> insert()))
                .withMessageContaining("Mailer.send")
                .withMessageContaining("read-only");
        assertThat(committedTasks()).isZero();
        Optional<TaskState> read = transaction.execute(status -> this.store.state(new TaskId(1)));
        assertThat(read).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void withoutATransactionTheTaskIsCommittedAtOnce(Host host) throws Exception {
        TransactionTemplate transaction = start(host);
        insert();
        assertThat(committedTasks()).isEqualTo(1);
        assertThat(this.told).hasSize(1);

        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_SUPPORTS);
        transaction.executeWithoutResult(status -> {
            new JdbcTemplate(this.database.dataSource()).queryForList("select 1");
            insert();
            assertThat(committedTasks())
                    .as("synchronization without a transaction")
                    .isEqualTo(2);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aFirstCallInAfterCommitIsNotLost(Host host) throws Exception {
        TransactionTemplate transaction = start(host);
        transaction.executeWithoutResult(status -> afterCommit(() -> insert()));
        assertThat(committedTasks()).isEqualTo(1);
        assertThat(this.told).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void afterTheCommitOfAReadOnlyTransactionACallHasOneOfItsOwn(Host host) throws Exception {
        TransactionTemplate transaction = start(host);
        transaction.setReadOnly(true);
        watchEnds(transaction);
        transaction.executeWithoutResult(status -> afterCommit(() -> {
            assertThat(this.store.currentTransaction()).isNull();
            insert();
            assertThat(committedTasks()).isEqualTo(1);
        }));
        assertThat(this.told).hasSize(1);
        assertThatExceptionOfType(TaskTransactionException.class)
                .isThrownBy(() -> transaction.executeWithoutResult(status -> insert()));
    }

    @Test
    void afterTheCommitOfATransactionElsewhereACallHasOneOfItsOwn() throws Exception {
        start(Host.JDBC);
        TransactionTemplate elsewhere = new TransactionTemplate(
                new DataSourceTransactionManager(database().dataSource()));
        watchEnds(elsewhere);
        elsewhere.executeWithoutResult(status -> afterCommit(() -> {
            insert();
            assertThat(committedTasks()).isEqualTo(1);
        }));
        assertThat(this.told).hasSize(1);
        assertThatExceptionOfType(TaskTransactionException.class)
                .isThrownBy(() -> elsewhere.executeWithoutResult(status -> insert()));
    }

    @Test
    void afterTheCommitOfAnInnerTransactionElsewhereTheOuterOneIsNotCommitted() throws Exception {
        TransactionTemplate outer = start(Host.JDBC);
        TransactionTemplate elsewhere = new TransactionTemplate(
                new DataSourceTransactionManager(database().dataSource()));
        watchEnds(outer);
        watchEnds(elsewhere);
        TaskId kept = outer.execute(status -> {
            insert();
            List<TaskId> after = new ArrayList<>();
            elsewhere.executeWithoutResult(inner -> afterCommit(() -> after.add(insert())));
            assertThat(committedTasks()).as("the one after the inner commit").isEqualTo(1);
            status.setRollbackOnly();
            return after.get(0);
        });
        assertThat(committedTasks()).isEqualTo(1);
        assertThat(this.told).extracting(NewTask::id).containsExactly(kept);
    }

    @ParameterizedTest
    @EnumSource
    void whereEndsAreWatchedCallsBeforeThemStillJoin(Host host) throws Exception {
        TransactionTemplate transaction = start(host);
        watchEnds(transaction);
        transaction.executeWithoutResult(status ->
                TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void beforeCommit(boolean readOnly) {
                        insert();
                        assertThat(committedTasks()).isZero();
                    }

                    @Override
                    public void afterCommit() {
                        assertThat(TransactionEnd.isReached()).isTrue();
                        insert();
                    }
                }));
        assertThat(TransactionEnd.isReached()).isFalse();
        assertThat(committedTasks()).isEqualTo(2);
        assertThat(this.told).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void aFurtherCallInAfterCommitIsCommittedAtOnce(Host host) throws Exception {
        TransactionTemplate transaction = start(host);
        transaction.executeWithoutResult(status -> {
            afterCommit(() -> {
                assertThat(this.store.currentTransaction()).isNull();
                insert();
                assertThat(committedTasks()).isEqualTo(2);
            });
            insert();
        });
        assertThat(committedTasks()).isEqualTo(2);
        assertThat(this.told).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void callsInAfterCompletionAreCommittedAtOnce(Host host) throws Exception {
        TransactionTemplate transaction = start(host);
        for (boolean rollBack : new boolean[] {false, true}) {
            long before = committedTasks();
            List<Long> seen = new ArrayList<>();
            transaction.executeWithoutResult(status -> {
                TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void afterCompletion(int completion) {
                        assertThat(CallerTransactionTests.this.store.currentTransaction())
                                .isNull();
                        insert();
                        seen.add(committedTasks());
                    }
                });
                if (rollBack) {
                    status.setRollbackOnly();
                }
            });
            assertThat(seen).containsExactly(before + 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void callsInBeforeCommitAndBeforeCompletionBelongToTheTransaction(Host host) throws Exception {
        TransactionTemplate transaction = start(host);
        transaction.executeWithoutResult(
                status -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void beforeCommit(boolean readOnly) {
                        insert();
                    }

                    @Override
                    public void beforeCompletion() {
                        insert();
                    }
                }));
        assertThat(committedTasks()).isEqualTo(2);
        assertThat(this.told).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void aNewTransactionInsideIsOnItsOwn(Host host) throws Exception {
        TransactionTemplate outer = start(host);
        TransactionTemplate inner = new TransactionTemplate(outer.getTransactionManager());
        inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        outer.executeWithoutResult(status -> {
            insert();
            Object outerTransaction = this.store.currentTransaction();
            assertThat(this.store.currentTransaction()).isSameAs(outerTransaction);
            inner.executeWithoutResult(own -> {
                insert();
                assertThat(this.store.currentTransaction()).isNotNull().isNotSameAs(outerTransaction);
            });
            assertThat(committedTasks()).isEqualTo(1);
            assertThat(this.told).hasSize(1);
            assertThat(this.store.currentTransaction()).isSameAs(outerTransaction);
            status.setRollbackOnly();
        });
        assertThat(committedTasks()).isEqualTo(1);
        assertThat(this.told).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aNewTransactionInAfterCommitIsOnItsOwn(Host host) throws Exception {
        TransactionTemplate outer = start(host);
        TransactionTemplate inner = new TransactionTemplate(outer.getTransactionManager());
        inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        outer.executeWithoutResult(status -> afterCommit(() -> {
            inner.executeWithoutResult(own -> {
                insert();
                own.setRollbackOnly();
            });
            inner.executeWithoutResult(own -> insert());
        }));
        assertThat(committedTasks()).isEqualTo(1);
        assertThat(this.told).hasSize(1);
    }

    @Test
    void aSavepointRolledBackTakesItsTasksWithIt() throws Exception {
        TransactionTemplate outer = start(Host.JDBC);
        TransactionTemplate nested = new TransactionTemplate(outer.getTransactionManager());
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        TaskId kept = outer.execute(status -> {
            TaskId id = insert();
            Object before = this.store.currentTransaction();
            nested.executeWithoutResult(own -> {
                // What is inserted in a savepoint commits with the transaction, so it is the same one.
                assertThat(this.store.currentTransaction()).isSameAs(before);
                insert();
                own.setRollbackOnly();
            });
            return id;
        });
        assertThat(committedTasks()).isEqualTo(1);
        assertThat(this.told).extracting(NewTask::id).containsExactly(kept);
    }

    @Test
    void aSavepointOlderThanTheFirstTaskTakesItWithIt() throws Exception {
        TransactionTemplate outer = start(Host.JDBC);
        TransactionTemplate nested = new TransactionTemplate(outer.getTransactionManager());
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        TaskId kept = outer.execute(status -> {
            nested.executeWithoutResult(own -> {
                insert();
                own.setRollbackOnly();
            });
            return nested.execute(own -> insert());
        });
        assertThat(committedTasks()).isEqualTo(1);
        assertThat(this.told).extracting(NewTask::id).containsExactly(kept);
    }

    @Test
    void aConnectionThatIsBoundWithoutATransactionIsNotJoined() throws Exception {
        start(Host.JDBC);
        DataSource dataSource = this.database.dataSource();
        ConnectionHolder bound = new ConnectionHolder(dataSource.getConnection());
        TransactionSynchronizationManager.bindResource(dataSource, bound);
        try {
            assertThat(this.store.currentTransaction()).isNull();
            insert();
            assertThat(this.told).hasSize(1);
        } finally {
            TransactionSynchronizationManager.unbindResource(dataSource);
            bound.getConnection().close();
        }
        assertThat(committedTasks()).isEqualTo(1);
    }

    @Test
    void wrappersOfTheDataSourceAreSeenThrough() throws Exception {
        start(Host.JDBC);
        DataSource pool = this.database.dataSource();
        List<DataSource> views =
                List.of(pool, new LazyConnectionDataSourceProxy(pool), new TransactionAwareDataSourceProxy(pool));
        for (DataSource managed : views) {
            for (DataSource used : views) {
                JdbcTaskStore own = new JdbcTaskStore(used, JdbcStoreSettings.DEFAULT);
                this.resources.add(own);
                TaskStoreFixture ownFixture = new TaskStoreFixture(own);
                long before = committedTasks();
                new TransactionTemplate(new DataSourceTransactionManager(managed)).executeWithoutResult(status -> {
                    ownFixture.insert("default");
                    assertThat(committedTasks())
                            .as("%s through %s", managed, used)
                            .isEqualTo(before);
                    status.setRollbackOnly();
                });
                assertThat(committedTasks()).isEqualTo(before);
            }
        }
    }

    @Test
    void aTransactionOfAnotherDataSourceIsRefusedNamingBoth() throws Exception {
        start(Host.JDBC);
        TestDatabase other = database();
        TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(other.dataSource()));
        assertThatExceptionOfType(TaskTransactionException.class)
                .isThrownBy(() -> transaction.executeWithoutResult(status -> insert()))
                .withMessageContaining(other.dataSource().toString())
                .withMessageContaining(this.database.dataSource().toString());
        assertThat(committedTasks()).isZero();
    }

    @Test
    void aJpaTransactionThatDoesNotExposeOurDataSourceIsRefusedNamingBoth() throws Exception {
        start(Host.JDBC);
        TestDatabase other = database();
        JpaTransactionManager manager = new JpaTransactionManager(entityManagers(other.dataSource()));
        assertThatExceptionOfType(TaskTransactionException.class)
                .isThrownBy(() -> new TransactionTemplate(manager).executeWithoutResult(status -> insert()))
                .withMessageContaining(other.dataSource().toString())
                .withMessageContaining(this.database.dataSource().toString());

        JpaTransactionManager hidden = new JpaTransactionManager(entityManagers(this.database.dataSource()));
        hidden.setDataSource(null);
        hidden.setJpaDialect(new DefaultJpaDialect());
        assertThatExceptionOfType(TaskTransactionException.class)
                .isThrownBy(() -> new TransactionTemplate(hidden).executeWithoutResult(status -> {
                    new JdbcTemplate(this.database.dataSource()).queryForList("select 1");
                    insert();
                }))
                .withMessageContaining("host-unit");
        assertThat(committedTasks()).isZero();
    }

    @Test
    void aTransactionOfAnotherResourceIsNotJoinedAndWarnsOncePerTask(CapturedOutput output) throws Exception {
        start(Host.JDBC);
        TransactionTemplate transaction = new TransactionTemplate(new MessagingTransactionManager());
        transaction.executeWithoutResult(status -> {
            new JdbcTemplate(this.database.dataSource()).queryForList("select 1");
            insert();
            insert();
            assertThat(committedTasks()).isEqualTo(2);
            status.setRollbackOnly();
        });
        assertThat(committedTasks()).isEqualTo(2);
        assertThat(output.getOut().split("that holds even if that transaction rolls back", -1))
                .as("one warning")
                .hasSize(2);
    }

    @Test
    void aManagerWithoutSynchronizationIsJoinedAllTheSame() throws Exception {
        start(Host.JDBC);
        DataSourceTransactionManager manager = new DataSourceTransactionManager(this.database.dataSource());
        manager.setTransactionSynchronization(AbstractPlatformTransactionManager.SYNCHRONIZATION_NEVER);
        new TransactionTemplate(manager).executeWithoutResult(status -> {
            insert();
            assertThat(committedTasks()).isZero();
            status.setRollbackOnly();
        });
        assertThat(committedTasks()).isZero();
        new TransactionTemplate(manager).executeWithoutResult(status -> insert());
        assertThat(committedTasks()).isEqualTo(1);
    }

    @Test
    void aJtaTransactionIsJoinedThroughTheDataSource() throws Exception {
        this.database = database();
        HikariDataSource enlisted = pool(this.database, false);
        boolean[] active = new boolean[1];
        this.store = new JdbcTaskStore(enlisted, JdbcStoreSettings.DEFAULT.withJtaActive(() -> active[0]));
        this.resources.add(this.store);
        this.fixture = new TaskStoreFixture(this.store);
        active[0] = true;
        List<Object> transactions = new ArrayList<>();
        new TransactionTemplate(new MessagingTransactionManager()).executeWithoutResult(status -> {
            insert();
            transactions.add(this.store.currentTransaction());
            assertThat(committedTasks())
                    .as("the transaction manager commits the connection")
                    .isZero();
        });
        assertThat(transactions).doesNotContainNull();
        assertThat(this.told).hasSize(1);
    }

    @Test
    void idsAreTakenOnTheConnectionOfTheCaller() throws Exception {
        this.database = database();
        HikariConfig config = config(this.database, true);
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(250);
        HikariDataSource single = new HikariDataSource(config);
        this.resources.add(single);
        this.store = new JdbcTaskStore(single, JdbcStoreSettings.DEFAULT);
        this.resources.add(this.store);
        this.fixture = new TaskStoreFixture(this.store);
        insert();
        TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(single));
        transaction.executeWithoutResult(status -> {
            for (int i = 0; i < 2_500; i++) {
                this.store.newId();
            }
            insert();
        });
        assertThat(committedTasks()).isEqualTo(2);
    }

    private TransactionTemplate start(Host host) throws Exception {
        this.database = database();
        DataSource dataSource = host.autoCommit ? this.database.dataSource() : pool(this.database, false);
        this.store = new JdbcTaskStore(dataSource, JdbcStoreSettings.DEFAULT);
        this.resources.add(this.store);
        this.fixture = new TaskStoreFixture(this.store);
        PlatformTransactionManager manager = host.jpa
                ? new JpaTransactionManager(entityManagers(dataSource))
                : new DataSourceTransactionManager(dataSource);
        return new TransactionTemplate(manager);
    }

    private TestDatabase database() {
        TestDatabase created = TestDatabase.h2();
        this.resources.add(created);
        TestTables.create(created.dataSource());
        return created;
    }

    private HikariDataSource pool(TestDatabase of, boolean autoCommit) {
        HikariDataSource pool = new HikariDataSource(config(of, autoCommit));
        this.resources.add(pool);
        return pool;
    }

    private static HikariConfig config(TestDatabase of, boolean autoCommit) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(of.url());
        config.setUsername(of.username());
        config.setPassword(of.password());
        config.setAutoCommit(autoCommit);
        config.setMaximumPoolSize(5);
        return config;
    }

    private EntityManagerFactory entityManagers(DataSource dataSource) {
        LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
        factory.setDataSource(dataSource);
        factory.setPersistenceUnitName("host-unit");
        factory.setManagedTypes(PersistenceManagedTypes.of());
        factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        factory.afterPropertiesSet();
        this.resources.add(factory::destroy);
        return factory.getObject();
    }

    private static void watchEnds(TransactionTemplate transaction) {
        ((ConfigurableTransactionManager) transaction.getTransactionManager()).addListener(new TransactionEnd());
    }

    private TaskId insert() {
        NewTask task = this.fixture.task().build();
        this.store.insert(List.of(task), this.told::addAll);
        return task.id();
    }

    private long committedTasks() {
        List<Long> counted = new ArrayList<>();
        inOtherThread(() -> counted.add(new JdbcTemplate(this.database.dataSource())
                .queryForObject("select count(*) from tasklane_ready", Long.class)));
        return counted.get(0);
    }

    private static void inOtherThread(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static void afterCommit(Runnable work) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                work.run();
            }
        });
    }

    /** Stands for a broker's transactions, which bind nothing that has to do with a database. */
    private static final class MessagingTransactionManager extends AbstractPlatformTransactionManager {

        @Override
        protected Object doGetTransaction() {
            return new Object();
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }
}
