package io.tasklane.store.jdbc;

import io.tasklane.test.TestDatabaseProduct;

class MariaDbTaskStoreTests extends JdbcTaskStoreContractTests {

    MariaDbTaskStoreTests() {
        super(TestDatabaseProduct.MARIADB);
    }
}
