/** What is counted during a run: executions per task, processor time, commits, write-ahead log. */
@NullMarked
package io.tasklane.benchmark.measure;

import org.jspecify.annotations.NullMarked;
