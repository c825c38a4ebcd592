package io.tasklane.store.orm;

import io.tasklane.test.TestDatabaseProduct;

class MariaDbTaskSearchTests extends HibernateTaskSearchContractTests {

    MariaDbTaskSearchTests() {
        super(TestDatabaseProduct.MARIADB);
    }
}
