/** Support for tests of Tasklane and of stores and applications built on it: databases and a clock that is set. */
@NullMarked
package io.tasklane.test;

import org.jspecify.annotations.NullMarked;
