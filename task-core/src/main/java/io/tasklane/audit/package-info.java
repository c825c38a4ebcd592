/** Who has operated queues and tasks, and how. */
@NullMarked
package io.tasklane.audit;

import org.jspecify.annotations.NullMarked;
