package io.tasklane.store.jdbc;

import io.tasklane.test.TestDatabaseProduct;

class MariaDbTaskStoreTests extends JdbcTaskStoreContractTests {

    MariaDbTaskStoreTests() {
        super(TestDatabaseProduct.MARIADB);
    }

    // To see whether an id is unique, InnoDB looks at the next one in the index too, and waits for who has inserted it.
    @Override
    protected boolean openDelaysHoldUpOthers() {
        return true;
    }
}
