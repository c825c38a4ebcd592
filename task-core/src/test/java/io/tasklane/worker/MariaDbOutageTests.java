package io.tasklane.worker;

import io.tasklane.test.TestDatabaseProduct;

class MariaDbOutageTests extends JdbcOutageTests {

    MariaDbOutageTests() {
        super(TestDatabaseProduct.MARIADB);
    }
}
