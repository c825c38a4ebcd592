/** What came of every task, and whether the guarantees held. */
@NullMarked
package io.tasklane.benchmark.chaos.audit;

import org.jspecify.annotations.NullMarked;
