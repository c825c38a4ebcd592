/**
 * Everything that knows about methods and proxies: a call to a task method enqueues it, a worker runs it through the proxy.
 */
@NullMarked
package io.tasklane.annotation;

import org.jspecify.annotations.NullMarked;
