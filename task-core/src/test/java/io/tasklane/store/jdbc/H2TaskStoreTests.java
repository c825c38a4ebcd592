package io.tasklane.store.jdbc;

import io.tasklane.test.TestDatabaseProduct;

class H2TaskStoreTests extends JdbcTaskStoreContractTests {

    H2TaskStoreTests() {
        super(TestDatabaseProduct.H2);
    }
}
