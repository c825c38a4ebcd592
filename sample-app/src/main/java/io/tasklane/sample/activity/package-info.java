/** What the tasks did, for the page to show. */
@NullMarked
package io.tasklane.sample.activity;

import org.jspecify.annotations.NullMarked;
