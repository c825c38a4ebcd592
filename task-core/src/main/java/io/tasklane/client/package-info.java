/**
 * Producing: from a call or a request to stored rows.
 */
@NullMarked
package io.tasklane.client;

import org.jspecify.annotations.NullMarked;
