/** Reports with a result, and long work that must not hold up the short. */
@NullMarked
package io.tasklane.sample.report;

import org.jspecify.annotations.NullMarked;
