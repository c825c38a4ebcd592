package io.tasklane.worker;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessResourceFailureException;

/** Which engine threads have failed since their last success. Logs the start and the end of an outage once. */
final class EngineHealth {

    private static final Log logger = LogFactory.getLog(EngineHealth.class);

    private final Map<String, String> errors = new ConcurrentHashMap<>();

    private final Map<String, String> failures = new ConcurrentHashMap<>();

    void failed(String loop, Throwable failure) {
        String text = TaskErrors.line(TaskErrors.of(failure));
        if (failure instanceof Error) {
            if (this.errors.put(loop, text) == null) {
                logger.error("'%s' failed with an error and tries again".formatted(loop), failure);
            }
            return;
        }
        boolean first;
        synchronized (this) {
            first = this.failures.isEmpty();
            this.failures.put(loop, text);
        }
        if (first) {
            String message = "The task store %s; workers wait and go on by themselves once it works again (%s: %s)"
                    .formatted(
                            failure instanceof DataAccessResourceFailureException
                                    ? "cannot be reached"
                                    : "answers with an error",
                            loop,
                            text);
            // What does not come from data access may be a defect of ours, which nobody finds without its stack.
            logger.warn(message, failure instanceof NestedRuntimeException ? null : failure);
        }
    }

    void succeeded(String loop) {
        if (!this.errors.isEmpty() && this.errors.remove(loop) != null) {
            logger.info("'%s' works again".formatted(loop));
        }
        if (this.failures.isEmpty()) {
            return;
        }
        boolean over;
        synchronized (this) {
            over = this.failures.remove(loop) != null && this.failures.isEmpty();
        }
        if (over) {
            logger.info("The task store works again");
        }
    }

    Map<String, String> errors() {
        return new TreeMap<>(this.errors);
    }

    Map<String, String> failures() {
        return new TreeMap<>(this.failures);
    }
}
