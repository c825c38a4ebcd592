package io.tasklane.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.test.TestDatabaseProduct;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class H2StoreDoctorTests extends JdbcStoreDoctorTests {

    H2StoreDoctorTests() {
        super(TestDatabaseProduct.H2);
    }

    @Override
    protected void dropIndex(String index, String table) {
        this.jdbc.execute("drop index " + index);
    }

    @Test
    void noTimeLimitStaysOnAConnectionOfTheHost() {
        transactions(this.database.dataSource()).execute("looking", session -> {
            session.limitedTo(Duration.ofSeconds(1)).now();
            try (Statement statement = session.connection().createStatement()) {
                assertThat(statement.getQueryTimeout()).isZero();
            }
            return null;
        });
    }
}
