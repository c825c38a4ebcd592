/** Actuator endpoints that show queues and workers. */
@NullMarked
package io.tasklane.actuate.endpoint;

import org.jspecify.annotations.NullMarked;
