/** Nodes in processes of their own. */
@NullMarked
package io.tasklane.benchmark.process;

import org.jspecify.annotations.NullMarked;
