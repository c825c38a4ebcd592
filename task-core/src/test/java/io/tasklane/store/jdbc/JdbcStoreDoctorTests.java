package io.tasklane.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tasklane.store.StoreFinding;
import io.tasklane.store.schema.SchemaMigrator;
import io.tasklane.store.schema.SchemaMode;
import io.tasklane.store.schema.TablePrefix;
import io.tasklane.test.MutableInstantSource;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the doctor finds in every database. */
@Timeout(60)
abstract class JdbcStoreDoctorTests {

    private static final InstantSource CLOCK = InstantSource.system();

    protected final TestDatabase database;

    protected final JdbcTemplate jdbc;

    JdbcStoreDoctorTests(TestDatabaseProduct product) {
        this.database = TestDatabase.create(product);
        this.jdbc = new JdbcTemplate(this.database.dataSource());
    }

    @BeforeEach
    void migrate() {
        migrate(TablePrefix.DEFAULT);
    }

    @AfterEach
    void dropDatabase() {
        this.database.close();
    }

    @Test
    void c18_ofAHealthyStoreNothingIsTold() {
        assertThat(doctor(DoctorSettings.DEFAULT).examine()).isEmpty();
    }

    @Test
    void c18_aPrefixInCapitalsIsFound() {
        migrate("Shop_");
        JdbcStoreSettings settings = JdbcStoreSettings.DEFAULT.withTablePrefix("Shop_");
        assertThat(doctor(settings, DoctorSettings.DEFAULT, CLOCK).examine()).isEmpty();
    }

    @Test
    void c18_whatTheMigrationsCreateIsWhatTheDoctorExpects() {
        TreeSet<String> expected = new TreeSet<>();
        TreeSet<String> created = new TreeSet<>();
        transactions(this.database.dataSource()).execute("comparing", session -> {
            session.dialect()
                    .expectedIndexes()
                    .forEach(index -> expected.add("tasklane_" + index.table() + index.columns()));
            TreeMap<String, List<String>> columns = new TreeMap<>();
            session.list(
                    session.dialect().selectIndexColumns(),
                    row -> {
                        String table = row.text("table_name").toLowerCase();
                        if (!table.endsWith("schema_history")) {
                            columns.computeIfAbsent(table + "/" + row.text("index_name"), name -> new ArrayList<>())
                                    .add(row.text("column_name").toLowerCase());
                        }
                        return table;
                    },
                    "tasklane_");
            columns.forEach((index, all) -> created.add(index.substring(0, index.indexOf('/')) + all));
            return null;
        });
        assertThat(created).isEqualTo(expected);
    }

    @Test
    void c18_aMissingIndexIsNamedWithTheStatementThatCreatesIt() {
        dropIndex("tasklane_finished_list", "tasklane_finished");
        JdbcStoreDoctor doctor = doctor(DoctorSettings.DEFAULT);
        StoreFinding finding = only(doctor.examine());
        assertThat(finding.problem()).isEqualTo("missing-index");
        assertThat(finding.where()).isEqualTo("table tasklane_finished");
        assertThat(finding.what()).contains("(queue_id, state, finished_at, task_id)");
        assertThat(finding.remedy()).startsWith("create it: CREATE INDEX");
        this.jdbc.execute(finding.remedy().substring("create it: ".length()));
        assertThat(doctor.examine()).isEmpty();
    }

    @Test
    void c18_anyIndexWillDoThatBeginsWithTheSameColumns() {
        dropIndex("tasklane_finished_list", "tasklane_finished");
        this.jdbc.execute(
                "create index mine on tasklane_finished (queue_id, state, finished_at, task_id, retries_used)");
        assertThat(doctor(DoctorSettings.DEFAULT).examine()).isEmpty();
    }

    @Test
    void c18_aMissingTableIsNamed() {
        this.jdbc.execute("drop table tasklane_maintenance");
        StoreFinding finding = only(doctor(DoctorSettings.DEFAULT).examine());
        assertThat(finding.problem()).isEqualTo("missing-table");
        assertThat(finding.where()).isEqualTo("table tasklane_maintenance");
        assertThat(finding.remedy()).contains("tasklane.schema.mode=migrate");
    }

    @Test
    void c18_clocksThatDifferAreTold() {
        MutableInstantSource databaseClock = new MutableInstantSource();
        MutableInstantSource clock = new MutableInstantSource(databaseClock.instant());
        JdbcStoreSettings settings = JdbcStoreSettings.DEFAULT.withClock(databaseClock);
        JdbcStoreDoctor doctor = doctor(settings, DoctorSettings.DEFAULT, clock);
        clock.advance(Duration.ofSeconds(2));
        assertThat(doctor.examine()).isEmpty();

        clock.advance(Duration.ofMillis(1_500));
        StoreFinding ahead = only(doctor.examine());
        assertThat(ahead.problem()).isEqualTo("clock-offset");
        assertThat(ahead.what()).contains("3.5 s ahead of the database's", "too late");

        clock.advance(Duration.ofSeconds(-7));
        assertThat(only(doctor.examine()).what()).contains("3.5 s behind the database's", "too early");
    }

    @Test
    void aStoreThatDoesNotAnswerIsAnError() {
        JdbcStoreDoctor doctor = doctor(DoctorSettings.DEFAULT);
        this.database.dataSource().close();
        assertThatExceptionOfType(DataAccessException.class).isThrownBy(doctor::examine);
    }

    protected abstract void dropIndex(String index, String table);

    protected final JdbcStoreDoctor doctor(DoctorSettings settings) {
        return doctor(JdbcStoreSettings.DEFAULT, settings, CLOCK);
    }

    protected final JdbcStoreDoctor doctor(DataSource dataSource, DoctorSettings settings) {
        return new JdbcStoreDoctor(dataSource, JdbcStoreSettings.DEFAULT, settings, CLOCK);
    }

    private JdbcStoreDoctor doctor(JdbcStoreSettings store, DoctorSettings settings, InstantSource clock) {
        return new JdbcStoreDoctor(this.database.dataSource(), store, settings, clock);
    }

    protected static OwnTransactions transactions(DataSource dataSource) {
        return new OwnTransactions(dataSource, new TaskSqlDialects(JdbcStoreSettings.DEFAULT));
    }

    /** Settings with which transactions are long after this many seconds. */
    protected static DoctorSettings longAfter(int seconds) {
        return new DoctorSettings(
                Duration.ofSeconds(seconds),
                DoctorSettings.DEFAULT.deadRows(),
                DoctorSettings.DEFAULT.clockOffset(),
                DoctorSettings.DEFAULT.statementTimeout());
    }

    protected static StoreFinding only(List<StoreFinding> findings) {
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private void migrate(String prefix) {
        new SchemaMigrator(
                        this.database.dataSource(),
                        SchemaMode.MIGRATE,
                        prefix,
                        getClass().getClassLoader())
                .afterPropertiesSet();
    }
}
