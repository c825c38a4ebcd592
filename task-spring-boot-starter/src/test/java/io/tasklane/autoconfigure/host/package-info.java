/**
 * Applications of every kind that Tasklane is added to. Each must start, keep its own beans, commit tasks with its own rows,
 * and run them.
 */
package io.tasklane.autoconfigure.host;
