/**
 * Turns arguments and results into text and back. Knows no JSON library.
 */
@NullMarked
package io.tasklane.serializer;

import org.jspecify.annotations.NullMarked;
