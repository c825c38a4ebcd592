package io.tasklane.worker;

import io.tasklane.test.TestDatabaseProduct;

class PostgreSqlOutageTests extends JdbcOutageTests {

    PostgreSqlOutageTests() {
        super(TestDatabaseProduct.POSTGRESQL);
    }
}
