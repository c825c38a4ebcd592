/** Operating single tasks. */
@NullMarked
package io.tasklane.admin;

import org.jspecify.annotations.NullMarked;
