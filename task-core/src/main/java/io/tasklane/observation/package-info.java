/**
 * Names and tags of the observations of enqueueing and running tasks.
 */
@NullMarked
package io.tasklane.observation;

import org.jspecify.annotations.NullMarked;
