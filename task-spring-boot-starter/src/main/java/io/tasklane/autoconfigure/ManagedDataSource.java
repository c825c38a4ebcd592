package io.tasklane.autoconfigure;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;

/** Recognizes one kind of transaction manager. */
@FunctionalInterface
interface ManagedDataSource {

    /** The data source whose transactions a manager opens, null if it is of another kind, or has none. */
    @Nullable
    DataSource of(PlatformTransactionManager manager);
}
