/** The API an application works with: tasks, their requests, handles and states. */
@NullMarked
package io.tasklane;

import org.jspecify.annotations.NullMarked;
