/** Proof of the guarantees: real processes under load, faults, and a look at what came of every task. */
@NullMarked
package io.tasklane.benchmark.chaos;

import org.jspecify.annotations.NullMarked;
