package io.tasklane.store.orm;

import io.tasklane.test.TestDatabaseProduct;

class PostgreSqlTaskSearchTests extends HibernateTaskSearchContractTests {

    PostgreSqlTaskSearchTests() {
        super(TestDatabaseProduct.POSTGRESQL);
    }
}
