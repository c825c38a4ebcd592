/** Meters of queues and of the tasks that go through them. */
@NullMarked
package io.tasklane.actuate.metrics;

import org.jspecify.annotations.NullMarked;
