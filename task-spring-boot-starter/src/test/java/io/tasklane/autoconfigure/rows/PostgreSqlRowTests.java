package io.tasklane.autoconfigure.rows;

import io.tasklane.test.TestDatabaseProduct;

class PostgreSqlRowTests extends RowTests {

    PostgreSqlRowTests() {
        super(TestDatabaseProduct.POSTGRESQL);
    }
}
