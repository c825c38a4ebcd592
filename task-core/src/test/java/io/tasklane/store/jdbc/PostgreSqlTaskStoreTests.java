package io.tasklane.store.jdbc;

import io.tasklane.test.TestDatabaseProduct;

class PostgreSqlTaskStoreTests extends JdbcTaskStoreContractTests {

    PostgreSqlTaskStoreTests() {
        super(TestDatabaseProduct.POSTGRESQL);
    }
}
