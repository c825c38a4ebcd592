package io.tasklane.autoconfigure;

import java.util.OptionalInt;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What is known of the connection pool that tasks share with the application. */
interface TaskPool {

    /** Nothing is known. */
    TaskPool UNKNOWN = new TaskPool() {

        @Override
        public OptionalInt size() {
            return OptionalInt.empty();
        }

        @Override
        public @Nullable DataSource unpooled() {
            return null;
        }
    };

    /** Returns the most connections that it gives out at once. */
    OptionalInt size();

    /** Returns what opens connections to the same database beside the pool; null if the credentials are not known. */
    @Nullable
    DataSource unpooled();
}
