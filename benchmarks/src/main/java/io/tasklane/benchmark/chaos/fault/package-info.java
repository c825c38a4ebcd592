/** What is done to processes, connections and servers. */
@NullMarked
package io.tasklane.benchmark.chaos.fault;

import org.jspecify.annotations.NullMarked;
