package io.tasklane.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class SchemaMigratorTests {

    private final List<TestDatabase> databases = new ArrayList<>();

    @AfterEach
    void closeDatabases() {
        this.databases.forEach(TestDatabase::close);
    }

    @ParameterizedTest
    @EnumSource
    void c9_anEmptyDatabaseGetsTheTables(TestDatabaseProduct product) {
        DataSource dataSource = database(product).dataSource();
        migrator(dataSource, SchemaMode.MIGRATE).afterPropertiesSet();
        assertThat(count(dataSource, "select count(*) from tasklane_tasks")).isZero();
        assertThat(count(dataSource, "select count(*) from tasklane_attempts")).isZero();

        migrator(dataSource, SchemaMode.MIGRATE).afterPropertiesSet();
        migrator(dataSource, SchemaMode.VALIDATE).afterPropertiesSet();
    }

    @ParameterizedTest
    @EnumSource
    void c9_tablesOfTheHostAreLeftAlone(TestDatabaseProduct product) {
        DataSource dataSource = database(product).dataSource();
        JdbcClient.create(dataSource).sql("create table shop_order (id int)").update();
        migrator(dataSource, SchemaMode.MIGRATE).afterPropertiesSet();
        assertThat(count(dataSource, "select count(*) from shop_order")).isZero();
        assertThat(count(dataSource, "select count(*) from tasklane_ready")).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void c9_validateOnAnEmptyDatabaseNamesTheMissingMigration(TestDatabaseProduct product) {
        DataSource dataSource = database(product).dataSource();
        assertThatExceptionOfType(SchemaValidationException.class)
                .isThrownBy(() -> migrator(dataSource, SchemaMode.VALIDATE).afterPropertiesSet())
                .satisfies(ex -> assertThat(ex.missing()).startsWith("V1__Tasks.sql"))
                .satisfies(ex -> assertThat(ex.historyTable()).isEqualTo("tasklane_schema_history"))
                .withMessageContaining("V1__Tasks.sql")
                .withMessageContaining("tasklane.schema.mode=migrate");
    }

    @ParameterizedTest
    @EnumSource
    void c9_validateRefusesAChangedScript(TestDatabaseProduct product) {
        DataSource dataSource = database(product).dataSource();
        migrator(dataSource, SchemaMode.MIGRATE).afterPropertiesSet();
        String quote = product == TestDatabaseProduct.MARIADB ? "`" : "\"";
        JdbcClient.create(dataSource)
                .sql("update @tasklane_schema_history@ set @checksum@ = 1 where @version@ = '1'".replace("@", quote))
                .update();
        assertThatExceptionOfType(SchemaValidationException.class)
                .isThrownBy(() -> migrator(dataSource, SchemaMode.VALIDATE).afterPropertiesSet())
                .satisfies(ex -> assertThat(ex.problems()).isNotEmpty())
                .withMessageContaining("checksum");
    }

    @ParameterizedTest
    @EnumSource
    void c9_noneWritesNothing(TestDatabaseProduct product) {
        DataSource dataSource = database(product).dataSource();
        migrator(dataSource, SchemaMode.NONE).afterPropertiesSet();
        assertThatExceptionOfType(SchemaValidationException.class)
                .isThrownBy(() -> migrator(dataSource, SchemaMode.VALIDATE).afterPropertiesSet());
    }

    @ParameterizedTest
    @EnumSource
    void migratesThroughAPoolWithAutoCommitOff(TestDatabaseProduct product) {
        TestDatabase database = database(product);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setUsername(database.username());
        config.setPassword(database.password());
        config.setAutoCommit(false);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            migrator(pool, SchemaMode.MIGRATE).afterPropertiesSet();
            migrator(pool, SchemaMode.VALIDATE).afterPropertiesSet();
        }
        assertThat(count(database.dataSource(), "select count(*) from tasklane_ready"))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    void instancesThatStartAtOnceDoNotDisturbEachOther(TestDatabaseProduct product) throws Exception {
        DataSource dataSource = database(product).dataSource();
        JdbcClient.create(dataSource).sql("create table shop_order (id int)").update();
        int instances = 4;
        CyclicBarrier start = new CyclicBarrier(instances);
        ExecutorService threads = Executors.newFixedThreadPool(instances);
        List<Future<?>> started = new ArrayList<>();
        for (int i = 0; i < instances; i++) {
            started.add(threads.submit(() -> {
                start.await();
                migrator(dataSource, SchemaMode.MIGRATE).afterPropertiesSet();
                return null;
            }));
        }
        for (Future<?> each : started) {
            each.get(60, TimeUnit.SECONDS);
        }
        threads.shutdown();
        migrator(dataSource, SchemaMode.VALIDATE).afterPropertiesSet();
    }

    @Test
    void twoPrefixesLiveSideBySide() {
        DataSource dataSource = database(TestDatabaseProduct.H2).dataSource();
        migrator(dataSource, SchemaMode.MIGRATE).afterPropertiesSet();
        new SchemaMigrator(dataSource, SchemaMode.MIGRATE, "other_", getClass().getClassLoader()).afterPropertiesSet();
        assertThat(count(dataSource, "select count(*) from other_tasks")).isZero();
    }

    @Test
    void aPrefixThatIsNoNameIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SchemaMigrator(
                        database(TestDatabaseProduct.H2).dataSource(),
                        SchemaMode.MIGRATE,
                        "x; drop table y",
                        getClass().getClassLoader()))
                .withMessageContaining("tasklane.table-prefix");
    }

    private TestDatabase database(TestDatabaseProduct product) {
        TestDatabase database = TestDatabase.create(product);
        this.databases.add(database);
        return database;
    }

    private SchemaMigrator migrator(DataSource dataSource, SchemaMode mode) {
        return new SchemaMigrator(
                dataSource, mode, TablePrefix.DEFAULT, getClass().getClassLoader());
    }

    private static long count(DataSource dataSource, String sql) {
        return JdbcClient.create(dataSource).sql(sql).query(Long.class).single();
    }
}
