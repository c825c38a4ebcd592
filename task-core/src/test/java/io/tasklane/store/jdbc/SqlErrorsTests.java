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

    private static DataAccessException translate(SQLException ex) {
        return SqlErrors.translate("testing", ex);
    }
}
