/** Auto-configuration that wires Tasklane into a Spring Boot application. */
@NullMarked
package io.tasklane.autoconfigure;

import org.jspecify.annotations.NullMarked;
