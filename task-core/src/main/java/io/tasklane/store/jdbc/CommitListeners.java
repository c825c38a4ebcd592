package io.tasklane.store.jdbc;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Tells listeners of a commit. The caller's work is done by then, so whatever they throw is logged. */
final class CommitListeners {

    private static final Log logger = LogFactory.getLog(CommitListeners.class);

    private CommitListeners() {}

    /**
     * Tells one.
     *
     * @param doing what was committed
     */
    static void tell(String doing, Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException ex) {
            logger.warn("A listener failed after the commit of %s; polling finds the tasks".formatted(doing), ex);
        }
    }
}
