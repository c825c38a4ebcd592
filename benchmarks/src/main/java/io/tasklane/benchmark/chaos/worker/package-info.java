/** What worker processes run: an application whose tasks write down each of their runs. */
@NullMarked
package io.tasklane.benchmark.chaos.worker;

import org.jspecify.annotations.NullMarked;
