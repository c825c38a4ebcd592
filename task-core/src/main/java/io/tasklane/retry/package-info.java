/**
 * How long a failed task waits for its next try.
 */
@NullMarked
package io.tasklane.retry;

import org.jspecify.annotations.NullMarked;
