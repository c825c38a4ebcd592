/**
 * Tables of the store, created and checked by Flyway in a history table of their own.
 */
@NullMarked
package io.tasklane.store.schema;

import org.jspecify.annotations.NullMarked;
