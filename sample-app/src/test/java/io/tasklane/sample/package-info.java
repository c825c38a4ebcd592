/** Tests that show how an application tests its tasks. */
@NullMarked
package io.tasklane.sample;

import org.jspecify.annotations.NullMarked;
