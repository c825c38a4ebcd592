package io.tasklane.store.orm;

import io.tasklane.test.TestDatabaseProduct;

class H2TaskSearchTests extends HibernateTaskSearchContractTests {

    H2TaskSearchTests() {
        super(TestDatabaseProduct.H2);
    }
}
