package io.tasklane.autoconfigure.rows;

import io.tasklane.test.TestDatabaseProduct;

class MariaDbRowTests extends RowTests {

    MariaDbRowTests() {
        super(TestDatabaseProduct.MARIADB);
    }
}
