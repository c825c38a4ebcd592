/**
 * What a store of tasks does, split by caller, and the immutable records that travel between the steps. No SQL here.
 */
@NullMarked
package io.tasklane.store;

import org.jspecify.annotations.NullMarked;
