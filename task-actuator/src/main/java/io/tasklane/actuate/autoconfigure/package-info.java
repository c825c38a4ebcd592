/** Auto-configuration of endpoints, health and meters; inactive until the application has Actuator. */
@NullMarked
package io.tasklane.actuate.autoconfigure;

import org.jspecify.annotations.NullMarked;
