/** The HTTP calls behind the page. */
@NullMarked
package io.tasklane.sample.web;

import org.jspecify.annotations.NullMarked;
