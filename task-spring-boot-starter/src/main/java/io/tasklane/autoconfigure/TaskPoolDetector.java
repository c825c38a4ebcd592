package io.tasklane.autoconfigure;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Recognizes the pools of one library. */
@FunctionalInterface
interface TaskPoolDetector {

    /** Returns what is known of a data source; null if it is no pool of this library. */
    @Nullable
    TaskPool detect(DataSource dataSource);
}
