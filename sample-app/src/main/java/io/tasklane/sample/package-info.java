/** A small application that shows tasks at work. */
@NullMarked
package io.tasklane.sample;

import org.jspecify.annotations.NullMarked;
