package io.tasklane.store.orm;

import io.tasklane.test.TestDatabaseProduct;

class H2TaskSetTests extends JdbcTaskSetContractTests {

    H2TaskSetTests() {
        super(TestDatabaseProduct.H2);
    }
}
