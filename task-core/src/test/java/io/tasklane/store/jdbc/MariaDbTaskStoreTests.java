package io.tasklane.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.store.TaskOutcome;
import io.tasklane.store.TaskStoreFixture;
import io.tasklane.test.TestDatabaseProduct;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class MariaDbTaskStoreTests extends JdbcTaskStoreContractTests {

    MariaDbTaskStoreTests() {
        super(TestDatabaseProduct.MARIADB);
    }

    // To see whether an id is unique, InnoDB looks at the next one in the index too, and waits for who has inserted it.
    @Override
    protected boolean openDelaysHoldUpOthers() {
        return true;
    }

    /** REPEATABLE READ is the default here. */
    @Test
    void x29_aTransactionThatSeesATaskWhereItWasIsToldSo() throws Exception {
        TaskId id = this.fixture.insert("default");
        TaskStoreFixture other = new TaskStoreFixture(openAnotherStore());
        long worker = other.join("default");
        new TransactionTemplate(new DataSourceTransactionManager(this.database.dataSource()))
                .executeWithoutResult(status -> {
                    assertThat(this.store.state(id)).contains(TaskState.QUEUED);
                    other.complete(other.claimOne(worker, "default"), new TaskOutcome.Succeeded(null));
                    assertThatExceptionOfType(CannotAcquireLockException.class)
                            .isThrownBy(() -> this.store.cancel(id, this.changes))
                            .withMessageContaining("try again in a new transaction");
                });
        assertThat(this.store.cancel(id, this.changes)).isFalse();
        assertThat(this.store.state(id)).contains(TaskState.SUCCEEDED);
    }
}
