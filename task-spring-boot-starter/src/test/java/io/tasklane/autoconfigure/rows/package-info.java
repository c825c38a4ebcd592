/** What users of other systems count on, row by row, as an application sees it: annotated beans on real databases. */
@NullMarked
package io.tasklane.autoconfigure.rows;

import org.jspecify.annotations.NullMarked;
