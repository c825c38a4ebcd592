/** Measures Tasklane beside its peers: the command, and how a run is put together. */
@NullMarked
package io.tasklane.benchmark;

import org.jspecify.annotations.NullMarked;
