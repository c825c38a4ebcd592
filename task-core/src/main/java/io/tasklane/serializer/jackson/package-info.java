/**
 * Arguments and results as JSON, by Jackson 3.
 */
@NullMarked
package io.tasklane.serializer.jackson;

import org.jspecify.annotations.NullMarked;
