package io.tasklane.worker;

import io.tasklane.test.TestDatabaseProduct;

class H2WorkerTests extends JdbcWorkerTests {

    H2WorkerTests() {
        super(TestDatabaseProduct.H2);
    }
}
