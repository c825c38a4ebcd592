/** Tests of consuming. */
@org.jspecify.annotations.NullMarked
package io.tasklane.worker;
