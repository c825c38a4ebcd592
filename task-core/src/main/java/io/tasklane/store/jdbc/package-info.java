/**
 * The store on PostgreSQL, MySQL, MariaDB and H2: all writing, and everything that is found by id.
 */
@NullMarked
package io.tasklane.store.jdbc;

import org.jspecify.annotations.NullMarked;
