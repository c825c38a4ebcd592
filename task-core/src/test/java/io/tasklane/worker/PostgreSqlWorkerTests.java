package io.tasklane.worker;

import io.tasklane.test.TestDatabaseProduct;

class PostgreSqlWorkerTests extends JdbcWorkerTests {

    PostgreSqlWorkerTests() {
        super(TestDatabaseProduct.POSTGRESQL);
    }
}
