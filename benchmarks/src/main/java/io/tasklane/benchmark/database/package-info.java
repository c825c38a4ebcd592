/** The databases on which everything is measured, started by the command itself or named from outside. */
@NullMarked
package io.tasklane.benchmark.database;

import org.jspecify.annotations.NullMarked;
