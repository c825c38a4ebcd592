package io.tasklane.store.jdbc;

import io.tasklane.store.NewTask;
import io.tasklane.store.TaskCommitListener;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Tells listeners of a commit. The caller's work is done by then, so whatever they throw is logged. */
final class CommitListeners {

    private static final Log logger = LogFactory.getLog(CommitListeners.class);

    private CommitListeners() {}

    static void tell(TaskCommitListener listener, List<NewTask> tasks) {
        try {
            listener.committed(tasks);
        } catch (RuntimeException ex) {
            logger.warn(
                    "A listener failed after the commit of %d tasks; polling finds them".formatted(tasks.size()), ex);
        }
    }
}
