/** Tasks that fail: some are tried again, some are not. */
@NullMarked
package io.tasklane.sample.payment;

import org.jspecify.annotations.NullMarked;
