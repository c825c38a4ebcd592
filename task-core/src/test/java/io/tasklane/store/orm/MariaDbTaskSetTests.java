package io.tasklane.store.orm;

import io.tasklane.test.TestDatabaseProduct;

class MariaDbTaskSetTests extends JdbcTaskSetContractTests {

    MariaDbTaskSetTests() {
        super(TestDatabaseProduct.MARIADB);
    }
}
