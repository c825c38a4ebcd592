/**
 * Consuming: containers that claim tasks, run them, and write what came of them.
 */
@NullMarked
package io.tasklane.worker;

import org.jspecify.annotations.NullMarked;
