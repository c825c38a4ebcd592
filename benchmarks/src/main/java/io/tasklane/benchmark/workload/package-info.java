/** One class for each kind of load. */
@NullMarked
package io.tasklane.benchmark.workload;

import org.jspecify.annotations.NullMarked;
