package io.tasklane.autoconfigure;

import java.util.function.BooleanSupplier;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Tells whether a JTA transaction is active on the current thread.
 *
 * @param manager the manager of these transactions
 * @param active looks at the current thread
 */
record JtaActivity(PlatformTransactionManager manager, BooleanSupplier active) implements BooleanSupplier {

    @Override
    public boolean getAsBoolean() {
        return this.active.getAsBoolean();
    }
}
