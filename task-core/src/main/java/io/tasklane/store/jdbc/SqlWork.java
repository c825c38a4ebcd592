package io.tasklane.store.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What is done on one connection. */
@FunctionalInterface
interface SqlWork<T extends @Nullable Object> {

    T run(SqlSession session) throws SQLException;
}
