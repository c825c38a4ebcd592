/** The statements of earlier releases, frozen, and played against the newest schema. */
@org.jspecify.annotations.NullMarked
package io.tasklane.store.frozen;
