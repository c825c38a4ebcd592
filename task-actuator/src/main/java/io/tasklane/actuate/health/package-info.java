/** Whether tasks can run on this node, as a health contributor. */
@NullMarked
package io.tasklane.actuate.health;

import org.jspecify.annotations.NullMarked;
