package io.tasklane.store.orm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tasklane.TaskState;
import io.tasklane.store.TaskFilter;
import io.tasklane.store.TaskPageRequest;
import io.tasklane.store.schema.SchemaMigrator;
import io.tasklane.store.schema.SchemaMode;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.criteria.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.NoRepositoryBean;
import org.springframework.data.repository.Repository;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.support.TransactionTemplate;

/** Repositories for a host's own queries, and how little of them a host that uses JPA itself notices. */
class TaskRepositoryFactoryTests {

    private static final String PREFIX = "tasklane_";

    private TestDatabase database;

    private TaskPersistenceUnit unit;

    private TaskRows rows;

    private TaskRepositoryFactory factory;

    private int email;

    private int welcome;

    private void open(TestDatabaseProduct product) {
        this.database = TestDatabase.create(product);
        new SchemaMigrator(
                        this.database.dataSource(),
                        SchemaMode.MIGRATE,
                        PREFIX,
                        getClass().getClassLoader())
                .afterPropertiesSet();
        this.unit = new TaskPersistenceUnit(this.database.dataSource(), PREFIX);
        this.factory = new TaskRepositoryFactory(this.unit);
        this.rows = new TaskRows(this.database, product, PREFIX);
        this.email = this.rows.queue("email");
        this.welcome = this.rows.kind("Mailer.welcome");
    }

    @AfterEach
    void close() {
        this.unit.close();
        this.database.close();
    }

    @ParameterizedTest
    @EnumSource
    void tasksOfAllStatesAreReadFromTheView(TestDatabaseProduct product) {
        open(product);
        this.rows.queued(this.email, this.welcome, 1, 5);
        this.rows.finished(this.email, this.welcome, 2, 6, 8);
        TaskRecordRepository repository = this.factory.create(TaskRecordRepository.class);

        TaskRecord failed = repository.findById(7L).orElseThrow();
        assertThat(failed.getState()).isEqualTo(TaskState.FAILED);
        assertThat(failed.getTask()).isEqualTo("Mailer.welcome");
        assertThat(failed.getQueue()).isEqualTo("email");
        assertThat(failed.getRetries()).isEqualTo(3);
        assertThat(failed.getMaxAttempts()).isEqualTo(4);
        assertThat(failed.getFinishedAt()).isEqualTo(TaskRows.START.plusSeconds(7));
        assertThat(failed.getVersion()).isEqualTo(1);
        assertThat(failed.getPayload()).isEqualTo("{\"number\":\"7.\"}");
        assertThat(repository.findById(99L)).isEmpty();

        Page<TaskRecord> page = repository.findByQueueAndState(
                "email", TaskState.QUEUED, PageRequest.of(0, 2, Sort.by("id").descending()));
        assertThat(page).extracting(TaskRecord::getId).containsExactly(5L, 4L);
        assertThat(page.getTotalElements()).isEqualTo(5);

        Specification<TaskRecord> late = (root, query, builder) -> {
            Path<Instant> createdAt = root.get("createdAt");
            return builder.greaterThan(createdAt, TaskRows.START.plusSeconds(4));
        };
        assertThat(repository.findAll(late, Sort.by("id")))
                .extracting(TaskRecord::getId)
                .containsExactly(5L, 6L, 7L, 8L);
        assertThat(repository.count(late)).isEqualTo(4);
        assertThat(repository.exists(late)).isTrue();
    }

    @Test
    void aHostMayWriteARepositoryOfItsOwn() {
        open(TestDatabaseProduct.H2);
        this.rows.finished(this.email, this.welcome, 2, 1, 3);
        FailedMails repository = this.factory.create(FailedMails.class);
        assertThat(repository.findByStateOrderByFinishedAtDesc(TaskState.FAILED, Limit.of(2)))
                .extracting(TaskRecord::getId)
                .containsExactly(3L, 2L);
        assertThat(repository.numbers("%2.%")).containsExactly("{\"number\":\"2.\"}");
        assertThat(repository.latest()).isEqualTo(3L);
        assertThat(repository).hasToString("Read-only FailedMails").isEqualTo(repository);
    }

    @Test
    void nothingIsBuiltBeforeTheFirstUseAndNothingWorksAfterTheEnd() {
        open(TestDatabaseProduct.H2);
        TaskPersistenceUnit down = new TaskPersistenceUnit(new UnavailableDataSource(), PREFIX);
        TaskRecordRepository repository = new TaskRepositoryFactory(down).create(TaskRecordRepository.class);
        assertThatExceptionOfType(CannotGetJdbcConnectionException.class)
                .isThrownBy(() -> repository.findById(1L))
                .withMessageContaining("Cannot read tasks")
                .withRootCauseInstanceOf(SQLException.class);
        down.close();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> repository.findById(1L))
                .withMessageContaining("closed");
    }

    @ParameterizedTest
    @EnumSource
    void readsTakeNoPartInTheTransactionOfAHostThatUsesJpa(TestDatabaseProduct product) throws Exception {
        open(product);
        LocalContainerEntityManagerFactoryBean host = hostEntities();
        try {
            EntityManager entities = SharedEntityManagerCreator.createSharedEntityManager(host.getObject());
            TransactionTemplate transaction = new TransactionTemplate(new JpaTransactionManager(host.getObject()));
            TaskRecordRepository repository = this.factory.create(TaskRecordRepository.class);
            HibernateTaskSearch search = new HibernateTaskSearch(this.unit);
            transaction.executeWithoutResult(status -> {
                entities.persist(new HostOrder(1L));
                entities.flush();
                // Through the host's connection, and not committed.
                this.rows.queued(this.email, this.welcome, 1, 1);
                assertThat(repository.findById(1L)).isEmpty();
                assertThat(search.find(TaskFilter.ANY, TaskPageRequest.first(5)).tasks())
                        .isEmpty();
                assertThat(entities.find(HostOrder.class, 1L)).isNotNull();
                assertThat(entities.isJoinedToTransaction()).isTrue();
            });
            assertThat(transaction.<Boolean>execute(status -> entities.find(HostOrder.class, 1L) != null))
                    .isTrue();
            assertThat(repository.findById(1L)).isPresent();
            assertThat(host.getObject().getMetamodel().getEntities()).hasSize(1);
        } finally {
            host.destroy();
        }
    }

    @Test
    void aConnectionGoesBackAsItCame() throws SQLException {
        open(TestDatabaseProduct.POSTGRESQL);
        SingleConnectionDataSource single = new SingleConnectionDataSource(
                this.database.url(), this.database.username(), this.database.password(), true);
        try (TaskPersistenceUnit own = new TaskPersistenceUnit(single, PREFIX);
                Connection connection = single.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            new HibernateTaskSearch(own).find(TaskFilter.ANY, TaskPageRequest.first(5));
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            assertThat(connection.getAutoCommit()).isTrue();
            connection.setAutoCommit(false);
            new HibernateTaskSearch(own).find(TaskFilter.ANY, TaskPageRequest.first(5));
            assertThat(connection.getAutoCommit()).isFalse();
        } finally {
            single.destroy();
        }
    }

    private LocalContainerEntityManagerFactoryBean hostEntities() {
        LocalContainerEntityManagerFactoryBean host = new LocalContainerEntityManagerFactoryBean();
        host.setDataSource(this.database.dataSource());
        host.setPersistenceUnitName("host");
        host.setManagedTypes(PersistenceManagedTypes.of(List.of(HostOrder.class.getName()), List.of()));
        host.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        host.setJpaPropertyMap(Map.of("hibernate.hbm2ddl.auto", "create"));
        host.afterPropertiesSet();
        return host;
    }

    /** An entity of a host. */
    @Entity(name = "HostOrder")
    static class HostOrder {

        @Id
        private Long id;

        HostOrder() {}

        HostOrder(Long id) {
            this.id = id;
        }
    }

    /** A repository of a host. */
    @NoRepositoryBean
    interface FailedMails extends Repository<TaskRecord, Long> {

        List<TaskRecord> findByStateOrderByFinishedAtDesc(TaskState state, Limit limit);

        @Query("select t.payload from TaskRecord t where t.payload like :pattern")
        List<String> numbers(String pattern);

        @Query("select max(t.id) from TaskRecord t")
        long maxId();

        default long latest() {
            return maxId();
        }
    }
}
