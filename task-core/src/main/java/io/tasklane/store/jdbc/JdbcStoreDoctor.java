package io.tasklane.store.jdbc;

import io.tasklane.store.StoreDoctor;
import io.tasklane.store.StoreFinding;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/**
 * Looks for what slows the tables down: transactions that stay open, dead rows, missing tables and indexes, clocks that differ.
 * Each check is a short transaction of its own with a time limit, so that one that may not look, or takes too long, does not
 * keep the others from it. Thread-safe.
 *
 * @since 0.1.0
 */
public final class JdbcStoreDoctor implements StoreDoctor {

    private static final Log logger = LogFactory.getLog(JdbcStoreDoctor.class);

    private final OwnTransactions transactions;

    private final DoctorSettings settings;

    private final InstantSource clock;

    private volatile @Nullable List<StoreCheck> checks;

    /**
     * Creates a doctor; touches no connection.
     *
     * @param dataSource the data source of the store
     * @param store settings of the store
     * @param settings from when on something is worth telling
     * @param clock the clock of this JVM
     */
    public JdbcStoreDoctor(
            DataSource dataSource, JdbcStoreSettings store, DoctorSettings settings, InstantSource clock) {
        this.transactions =
                new OwnTransactions(JdbcTaskStore.withoutTransactions(dataSource), new TaskSqlDialects(store));
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public List<StoreFinding> examine() {
        List<StoreFinding> findings = new ArrayList<>();
        for (StoreCheck check : checks()) {
            findings.addAll(look(check));
        }
        return findings;
    }

    private List<StoreCheck> checks() {
        List<StoreCheck> known = this.checks;
        if (known == null) {
            known = this.transactions.execute(
                    "meeting the database that is to be examined", session -> checks(session.dialect()));
            this.checks = known;
        }
        return known;
    }

    private List<StoreCheck> checks(TaskSqlDialect dialect) {
        List<StoreCheck> all = new CopyOnWriteArrayList<>();
        all.add(new SchemaCheck());
        all.addAll(dialect.checks(this.settings));
        all.add(new ClockCheck(this.clock, this.settings.clockOffset()));
        return all;
    }

    private List<StoreFinding> look(StoreCheck check) {
        try {
            return this.transactions.execute(
                    "examining the store", session -> check.look(session.limitedTo(this.settings.statementTimeout())));
        } catch (CannotGetJdbcConnectionException ex) {
            throw ex;
        } catch (BadSqlGrammarException ex) {
            // Not allowed to look. Some drivers log each refusal, so that asking again would not be silent.
            logger.debug(check.getClass().getSimpleName() + " may not look and does not try again", ex);
            checks().remove(check);
            return List.of();
        } catch (DataAccessException ex) {
            logger.debug(check.getClass().getSimpleName() + " could not look", ex);
            return List.of();
        }
    }
}
