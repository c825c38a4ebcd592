package io.tasklane;

import java.util.Optional;

/**
 * Tells who operates queues and tasks, for the audit. Beans of this type are asked in their order, on the thread that operates;
 * the first answer counts. Where Spring Security is used, the name of who is logged in is known without one; else it is the name
 * of the application.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TaskActor {

    /** Returns the name of who operates, empty if this one does not know. Only the first 255 characters are stored. */
    Optional<String> name();
}
