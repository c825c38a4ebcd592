/** Database servers that can be killed, started again and failed over. */
@NullMarked
package io.tasklane.benchmark.chaos.server;

import org.jspecify.annotations.NullMarked;
