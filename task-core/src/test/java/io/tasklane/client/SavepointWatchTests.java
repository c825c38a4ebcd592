package io.tasklane.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class SavepointWatchTests {

    private final Object store = new Object();

    @BeforeEach
    void begin() {
        TransactionSynchronizationManager.initSynchronization();
    }

    @AfterEach
    void end() {
        TransactionSynchronizationManager.clearSynchronization();
        List.copyOf(TransactionSynchronizationManager.getResourceMap().keySet())
                .forEach(TransactionSynchronizationManager::unbindResource);
    }

    @Test
    void countsTheSavepointsOfATransaction() {
        assertThat(SavepointWatch.begun(this.store)).isZero();

        TransactionSynchronizationManager.getSynchronizations()
                .forEach(synchronization -> synchronization.savepoint(new Object()));

        assertThat(SavepointWatch.begun(this.store)).isEqualTo(1);
    }

    @Test
    void leavesAloneWhatTheStoreBindsUnderItself() {
        TransactionSynchronizationManager.bindResource(this.store, "the store's own");

        assertThat(SavepointWatch.begun(this.store)).isZero();
        assertThat(TransactionSynchronizationManager.getResource(this.store)).isEqualTo("the store's own");
    }
}
