package io.tasklane.store.jdbc;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.TransactionSystemException;

/** What an error of the database means for us. */
final class SqlErrors {

    private static final SQLExceptionTranslator TRANSLATOR = new SQLExceptionSubclassTranslator();

    // MySQL: lock wait timeout, deadlock; H2: lock timeout, concurrent update.
    private static final Set<Integer> TRANSIENT_CODES = Set.of(1205, 1213, 50200, 90131);

    // Values that do not fit: cardinality, data, constraint, too large, and what drivers use where they know no better.
    private static final Set<String> DATA_STATES = Set.of("21", "22", "23", "54", "HY", "S1");

    // MariaDB: the connection was killed; H2: the database is closed, or being closed, and the connection with it.
    private static final Set<Integer> UNREACHABLE_CODES = Set.of(1927, 90067, 90098, 90121);

    // MySQL and MariaDB: no space, no memory, or nothing may be written for now. Their state is HY000, as that of much
    // else.
    private static final Set<Integer> SHORTAGE_CODES =
            Set.of(1021, 1026, 1030, 1037, 1038, 1041, 1114, 1206, 1290, 1836);

    private SqlErrors() {}

    /**
     * Turns a checked exception into Spring's, with what was being done. A {@link DataAccessResourceFailureException} always
     * means that the connection is lost, not that the server is short of something.
     */
    static DataAccessException translate(String doing, SQLException ex) {
        String task = "Tasklane: " + doing;
        if (isUnreachable(ex)) {
            return new DataAccessResourceFailureException(task + ": " + ex.getMessage(), ex);
        }
        if (isShortage(ex)) {
            return new TransientDataAccessResourceException(task + ": " + ex.getMessage(), ex);
        }
        DataAccessException translated = TRANSLATOR.translate(task, null, ex);
        if (translated == null) {
            return new UncategorizedSQLException(task, null, ex);
        }
        return translated instanceof DataAccessResourceFailureException
                ? new TransientDataAccessResourceException(task + ": " + ex.getMessage(), ex)
                : translated;
    }

    /** Whether the same transaction may succeed when tried again: a deadlock, or a lost race. */
    static boolean isTransient(@Nullable Throwable failure) {
        SQLException ex = sqlException(failure);
        if (ex == null) {
            return false;
        }
        String state = ex.getSQLState();
        return (state != null && state.startsWith("40")) || TRANSIENT_CODES.contains(ex.getErrorCode());
    }

    /** Whether some value in the statement is to blame, so that the others can be written without it. */
    static boolean isDataError(@Nullable Throwable failure) {
        SQLException ex = sqlException(failure);
        String state = ex != null ? ex.getSQLState() : null;
        return state != null
                && state.length() >= 2
                && DATA_STATES.contains(state.substring(0, 2))
                && !isTransient(ex)
                && !isShortage(ex);
    }

    /** Whether the connection, or the database behind it, is to blame rather than what was asked of it. */
    static boolean isUnreachable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DataAccessResourceFailureException
                    || cause instanceof TransientDataAccessResourceException
                    || cause instanceof RecoverableDataAccessException
                    || cause instanceof TransactionSystemException system && isOfPool(sqlException(system))
                    || (cause instanceof SQLException ex && (isUnreachable(ex) || isShortage(ex)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUnreachable(SQLException ex) {
        String state = ex.getSQLState();
        return ex instanceof SQLNonTransientConnectionException
                || ex instanceof SQLTransientConnectionException
                || ex instanceof SQLRecoverableException
                || UNREACHABLE_CODES.contains(ex.getErrorCode())
                // 57P is PostgreSQL shutting down, or ending sessions.
                || (state != null && (state.startsWith("08") || state.startsWith("57P")));
    }

    /**
     * Whether a pool says this, and no database: that the connection is closed. It closes one that has broken, and where a manager
     * rolls back after a commit that failed, nothing else is left of the reason.
     */
    private static boolean isOfPool(@Nullable SQLException ex) {
        return ex != null && ex.getSQLState() == null && ex.getErrorCode() == 0;
    }

    private static boolean isShortage(@Nullable SQLException ex) {
        return ex != null && SHORTAGE_CODES.contains(ex.getErrorCode());
    }

    private static @Nullable SQLException sqlException(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException ex) {
                return ex;
            }
        }
        return null;
    }
}
