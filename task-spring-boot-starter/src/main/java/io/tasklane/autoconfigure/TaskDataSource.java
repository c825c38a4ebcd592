package io.tasklane.autoconfigure;

import javax.sql.DataSource;

/**
 * The data source that tasks are kept in.
 *
 * @param dataSource the one marked with {@link TasklaneDataSource}, else the application's only or primary one
 */
record TaskDataSource(DataSource dataSource) {}
