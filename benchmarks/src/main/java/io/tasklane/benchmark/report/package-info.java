/** Results, the goals they are checked against, and how they are shown. */
@NullMarked
package io.tasklane.benchmark.report;

import org.jspecify.annotations.NullMarked;
