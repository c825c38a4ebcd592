/**
 * What can run, independent of how it was declared: task definitions and the handlers that run them.
 */
@NullMarked
package io.tasklane.handler;

import org.jspecify.annotations.NullMarked;
