/** Endpoints, health and meters that show tasks at work through Actuator. */
@NullMarked
package io.tasklane.actuate;

import org.jspecify.annotations.NullMarked;
