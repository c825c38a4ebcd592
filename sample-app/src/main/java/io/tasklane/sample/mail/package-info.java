/** Mail: a batch of newsletters, and one urgent letter that overtakes them. */
@NullMarked
package io.tasklane.sample.mail;

import org.jspecify.annotations.NullMarked;
