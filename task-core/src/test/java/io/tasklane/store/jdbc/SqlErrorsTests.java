package io.tasklane.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.TransactionSystemException;

class SqlErrorsTests {

    @ParameterizedTest
    @ValueSource(strings = {"08006", "08S01", "57P01", "57P02", "57P03"})
    void aLostConnectionIsAResourceFailure(String state) {
        assertThat(translate(new SQLException("gone", state))).isInstanceOf(DataAccessResourceFailureException.class);
    }

    @Test
    void whatDriversSayOfALostConnectionIsAResourceFailure() {
        assertThat(translate(new SQLNonTransientConnectionException("gone")))
                .isInstanceOf(DataAccessResourceFailureException.class);
        assertThat(translate(new SQLRecoverableException("gone")))
                .isInstanceOf(DataAccessResourceFailureException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"53100", "53200", "57014", "58030", "42P01", "XX000"})
    void aServerThatAnswersWithAnErrorIsReached(String state) {
        assertThat(translate(new SQLException("could not extend file: No space left on device", state)))
                .isNotInstanceOf(DataAccessResourceFailureException.class)
                .hasStackTraceContaining("No space left on device")
                .hasMessageContaining("Tasklane: testing");
    }

    @ParameterizedTest
    @ValueSource(ints = {1021, 1026, 1030, 1041, 1114, 1290, 1836})
    void guarantee2_aServerThatCannotWriteBlamesNoValue(int code) {
        SQLException ex = new SQLException("The table 'tasklane_finished' is full", "HY000", code);
        assertThat(SqlErrors.isDataError(ex)).isFalse();
        assertThat(SqlErrors.isUnreachable(new UncategorizedSQLException("of the application", null, ex)))
                .as("the same may succeed later")
                .isTrue();
        assertThat(translate(ex)).isInstanceOf(TransientDataAccessResourceException.class);
    }

    @Test
    void aValueThatIsNotAcceptedIsToBlame() {
        assertThat(SqlErrors.isDataError(new SQLException("Incorrect string value", "HY000", 1366)))
                .isTrue();
        assertThat(SqlErrors.isDataError(new SQLException("invalid byte sequence", "22021")))
                .isTrue();
    }

    @Test
    void guarantee5_aRollBackWithoutAConnectionTellsOfALostOne() {
        SQLException closed = new SQLException("Connection is closed");
        assertThat(SqlErrors.isUnreachable(new TransactionSystemException("JDBC rollback failed", closed)))
                .isTrue();
        assertThat(SqlErrors.isUnreachable(new UncategorizedSQLException("of the application", null, closed)))
                .as("a driver may say anything without a state")
                .isFalse();
        SQLException refused = new SQLException("violates a deferred constraint", "23503");
        assertThat(SqlErrors.isUnreachable(new TransactionSystemException("JDBC commit failed", refused)))
                .isFalse();
    }

    private static DataAccessException translate(SQLException ex) {
        return SqlErrors.translate("testing", ex);
    }
}
