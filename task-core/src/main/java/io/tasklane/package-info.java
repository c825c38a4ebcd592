/**
 * The public API of Tasklane: {@link io.tasklane.Task @Task} to declare durable background tasks,
 * {@link io.tasklane.TaskClient} to enqueue them with options, {@link io.tasklane.TaskHandle} to follow one,
 * {@link io.tasklane.TaskContext} inside a running one and {@link io.tasklane.TaskQueues} to operate queues.
 *
 * <p>This package depends on nothing else of Tasklane.
 */
@NullMarked
package io.tasklane;

import org.jspecify.annotations.NullMarked;
