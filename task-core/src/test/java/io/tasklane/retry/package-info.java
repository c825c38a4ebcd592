/** Tests of waits between attempts. */
@org.jspecify.annotations.NullMarked
package io.tasklane.retry;
