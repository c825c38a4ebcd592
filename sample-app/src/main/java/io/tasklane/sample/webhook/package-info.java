/** Short tasks that somebody waits for. */
@NullMarked
package io.tasklane.sample.webhook;

import org.jspecify.annotations.NullMarked;
