/** One class for each product that is measured, and what they have in common. */
@NullMarked
package io.tasklane.benchmark.peer;

import org.jspecify.annotations.NullMarked;
