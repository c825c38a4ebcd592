package io.tasklane.autoconfigure.rows;

import io.tasklane.test.TestDatabaseProduct;

class H2RowTests extends RowTests {

    H2RowTests() {
        super(TestDatabaseProduct.H2);
    }
}
