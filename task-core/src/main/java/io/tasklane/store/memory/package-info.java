/**
 * A store without a database, for tests and for trying out.
 */
@NullMarked
package io.tasklane.store.memory;

import org.jspecify.annotations.NullMarked;
