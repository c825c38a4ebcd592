package io.tasklane.worker;

import io.tasklane.test.TestDatabaseProduct;

class MariaDbWorkerTests extends JdbcWorkerTests {

    MariaDbWorkerTests() {
        super(TestDatabaseProduct.MARIADB);
    }
}
