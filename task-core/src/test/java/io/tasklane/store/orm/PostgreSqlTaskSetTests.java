package io.tasklane.store.orm;

import io.tasklane.test.TestDatabaseProduct;

class PostgreSqlTaskSetTests extends JdbcTaskSetContractTests {

    PostgreSqlTaskSetTests() {
        super(TestDatabaseProduct.POSTGRESQL);
    }
}
