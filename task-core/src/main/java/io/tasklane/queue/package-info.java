/**
 * The queues as this node knows them: a cache of the stored ones, refreshed at intervals, with defaults behind it.
 */
@NullMarked
package io.tasklane.queue;

import org.jspecify.annotations.NullMarked;
