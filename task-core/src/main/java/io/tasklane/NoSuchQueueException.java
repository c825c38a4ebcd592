package io.tasklane;

import java.util.Collection;
import java.util.List;

/** There is no queue of this name. */
public class NoSuchQueueException extends TaskException {

    private final String queue;

    private final List<String> known;

    /**
     * Creates the exception.
     *
     * @param queue the name asked for
     * @param known names of the queues that exist
     */
    public NoSuchQueueException(String queue, Collection<String> known) {
        super(("There is no queue '%s'. Known queues: %s. Declare it under tasklane.queues in application.yml, or with"
                        + " TaskQueues.declare(QueueSpec.named(\"%s\"))")
                .formatted(queue, String.join(", ", known), queue));
        this.queue = queue;
        this.known = List.copyOf(known);
    }

    /** The name asked for. */
    public String queue() {
        return this.queue;
    }

    /** Names of the queues that exist. */
    public List<String> known() {
        return this.known;
    }
}
