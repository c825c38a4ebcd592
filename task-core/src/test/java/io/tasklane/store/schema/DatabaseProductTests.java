package io.tasklane.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

class DatabaseProductTests {

    @ParameterizedTest
    @CsvSource({
        "PostgreSQL, 13, POSTGRESQL",
        "PostgreSQL, 15.18 (Debian 15.18-1), POSTGRESQL",
        "PostgreSQL, 19beta1, POSTGRESQL",
        "MySQL, 8.0.1, MYSQL",
        "MySQL, 8.4.3-commercial, MYSQL",
        "MySQL, 9.1.0, MYSQL",
        "MariaDB, 10.6.0-MariaDB, MARIADB",
        "MariaDB, 11.4.5-MariaDB-log, MARIADB",
        "MySQL, 5.5.5-10.11.2-MariaDB-1:10.11, MARIADB",
        "MySQL, 11.4.5-MariaDB, MARIADB",
        "H2, 2.2.220 (2023-07-04), H2",
        "H2, 2.4.240 (2025-09-22), H2"
    })
    void recognisesWhatHasSkipLocked(String name, String version, DatabaseProduct expected) throws SQLException {
        assertThat(DatabaseProduct.of(metaData(name, version))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "PostgreSQL, 12.22, PostgreSQL, 13",
        "MySQL, 8.0.0, MySQL, 8.0.1",
        "MySQL, 5.7.44-log, MySQL, 8.0.1",
        "MariaDB, 10.5.28-MariaDB, MariaDB, 10.6",
        "MySQL, 5.5.5-10.5.9-MariaDB, MariaDB, 10.6",
        "H2, 2.1.214 (2022-06-13), H2, 2.2.220",
        "H2, 1.4.200 (2019-10-14), H2, 2.2.220",
        "H2, unknown, H2, 2.2.220"
    })
    void c2_aDatabaseWithoutSkipLockedIsRefusedNamingTheLeastVersion(
            String name, String version, String product, String least) {
        assertThatExceptionOfType(UnsupportedDatabaseException.class)
                .isThrownBy(() -> DatabaseProduct.of(metaData(name, version)))
                .satisfies(ex -> {
                    assertThat(ex.product()).isEqualTo(product);
                    assertThat(ex.leastVersion()).isEqualTo(least);
                    assertThat(version).endsWith(ex.version());
                })
                .withMessageContaining("SKIP LOCKED")
                .withMessageContaining(product + " " + least + " or later");
    }

    @Test
    void anUnknownProductIsRefusedNamingTheKnownOnes() {
        assertThatExceptionOfType(UnsupportedDatabaseException.class)
                .isThrownBy(() -> DatabaseProduct.of(metaData("Oracle", "23.4")))
                .satisfies(ex -> assertThat(ex.leastVersion()).isNull())
                .withMessageContaining("Oracle 23.4")
                .withMessageContaining("PostgreSQL 13, MySQL 8.0.1, MariaDB 10.6, H2 2.2.220");
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsNoUnknownDatabase() throws SQLException {
        DataSource dataSource = mock();
        given(dataSource.getConnection()).willThrow(new SQLException("refused", "08001"));
        assertThatExceptionOfType(CannotGetJdbcConnectionException.class)
                .isThrownBy(() -> DatabaseProduct.of(dataSource));
    }

    private static DatabaseMetaData metaData(String name, String version) throws SQLException {
        DatabaseMetaData metaData = mock();
        given(metaData.getDatabaseProductName()).willReturn(name);
        given(metaData.getDatabaseProductVersion()).willReturn(version);
        return metaData;
    }
}
