/**
 * The reading side for operators: read-only Hibernate entities on a persistence unit of its own.
 */
@NullMarked
package io.tasklane.store.orm;

import org.jspecify.annotations.NullMarked;
