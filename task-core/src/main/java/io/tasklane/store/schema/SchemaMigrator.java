package io.tasklane.store.schema;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.output.ValidateResult;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/**
 * Creates the tables, or checks them, when the application starts. Wraps a Flyway of its own with a history table of its own,
 * and is deliberately no {@code Flyway} bean: the host's migrations neither see it nor are replaced by it.
 *
 * @since 0.1.0
 */
public final class SchemaMigrator implements InitializingBean {

    // Instances that start at once race for the creation of the history table; who loses finds it there the next time.
    private static final int RETRIES = 5;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private final DataSource dataSource;

    private final SchemaMode mode;

    private final String tablePrefix;

    private final ClassLoader classLoader;

    private final Duration patience;

    /**
     * Creates a migrator that does not wait for the database; nothing is read or written before {@link #afterPropertiesSet}.
     *
     * @param dataSource where the tables are
     * @param mode what to do about them
     * @param tablePrefix what their names start with
     * @param classLoader where the scripts are found
     */
    public SchemaMigrator(DataSource dataSource, SchemaMode mode, String tablePrefix, ClassLoader classLoader) {
        this(dataSource, mode, tablePrefix, classLoader, Duration.ZERO);
    }

    /**
     * Creates a migrator; nothing is read or written before {@link #afterPropertiesSet}.
     *
     * @param dataSource where the tables are
     * @param mode what to do about them
     * @param tablePrefix what their names start with
     * @param classLoader where the scripts are found
     * @param patience how long to wait for a database that does not answer
     */
    public SchemaMigrator(
            DataSource dataSource, SchemaMode mode, String tablePrefix, ClassLoader classLoader, Duration patience) {
        this.dataSource = dataSource;
        this.mode = mode;
        this.tablePrefix = TablePrefix.requireValid(tablePrefix);
        this.classLoader = classLoader;
        this.patience = patience;
    }

    /**
     * Does what the mode says. In every mode a database that Tasklane cannot work with is refused.
     *
     * @throws UnsupportedDatabaseException if the database is unknown or too old
     * @throws DatabaseUnavailableException if the database does not answer, and has not within the time to wait for it
     * @throws SchemaValidationException if the tables are not up to date and may not be changed
     */
    @Override
    public void afterPropertiesSet() {
        DatabaseProduct product = new AwaitedDatabase(this.dataSource, this.patience).product();
        switch (this.mode) {
            case MIGRATE -> migrate(flyway(product));
            case VALIDATE -> validate(flyway(product));
            case NONE -> {}
        }
    }

    private Flyway flyway(DatabaseProduct product) {
        return Flyway.configure(this.classLoader)
                .dataSource(this.dataSource)
                .locations("classpath:db/tasklane/" + product.scripts())
                .failOnMissingLocations(true)
                .table(historyTable())
                // The schema is the host's and rarely empty; version 0, so that no script of ours counts as applied.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .placeholders(Map.of("prefix", this.tablePrefix))
                // A later release may be rolled out or back beside this one: its migrations only add.
                .ignoreMigrationPatterns("*:future")
                .load();
    }

    private String historyTable() {
        return this.tablePrefix + "schema_history";
    }

    private static void migrate(Flyway flyway) {
        RetryPolicy policy = RetryPolicy.builder()
                .maxRetries(RETRIES)
                .delay(FIRST_PAUSE)
                .jitter(FIRST_PAUSE.dividedBy(2))
                .multiplier(1.5)
                .predicate(ex -> ex instanceof FlywayException && !(ex instanceof FlywayValidateException))
                .build();
        try {
            new RetryTemplate(policy).<Object>execute(flyway::migrate);
        } catch (RetryException ex) {
            throw firstFailure(ex);
        }
    }

    // A failed migration leaves a mark, and from then on Flyway only says that there is one: the first error tells the
    // reason.
    private static RuntimeException firstFailure(RetryException ex) {
        Throwable[] earlier = ex.getSuppressed();
        Throwable first = earlier.length > 0 ? earlier[0] : ex.getCause();
        return first instanceof RuntimeException failure ? failure : new FlywayException(first.getMessage(), first);
    }

    private void validate(Flyway flyway) {
        List<String> missing = Arrays.stream(flyway.info().pending())
                .map(MigrationInfo::getScript)
                .toList();
        if (!missing.isEmpty()) {
            throw new SchemaValidationException(historyTable(), missing, List.of());
        }
        ValidateResult result = flyway.validateWithResult();
        if (!result.validationSuccessful) {
            throw new SchemaValidationException(historyTable(), List.of(), List.of(result.getAllErrorMessages()));
        }
    }
}
