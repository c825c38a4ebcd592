/**
 * Spring Boot auto-configuration of Tasklane.
 */
@NullMarked
package io.tasklane.autoconfigure;

import org.jspecify.annotations.NullMarked;
