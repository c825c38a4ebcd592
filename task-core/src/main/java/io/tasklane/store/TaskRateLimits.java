package io.tasklane.store;

import io.tasklane.RateLimit;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rate limits of tasks by name, in all queues together. Every method uses a transaction of the store's own. */
public interface TaskRateLimits {

    /** Returns all limits by the names of their tasks. */
    Map<String, RateLimit> rateLimits();

    /**
     * Sets or lifts a limit. A store that is open elsewhere keeps to it once it has read the queues anew.
     *
     * @param task name of the task; need not be known yet
     * @param limit the limit, null for none
     */
    void setRateLimit(String task, @Nullable RateLimit limit);

    /**
     * Applies what an application declares of its tasks, as far as that differs from what it has applied last: what was set at
     * run time since then stays.
     *
     * @param application name of the application
     * @param declared limits of its tasks, null for none
     * @return names of the tasks whose limit was set or lifted
     */
    Set<String> applyRateLimits(String application, Collection<DeclaredRateLimit> declared);

    /**
     * What an application declares of a task.
     *
     * @param task name of the task
     * @param limit its limit, null for none
     */
    record DeclaredRateLimit(String task, @Nullable RateLimit limit) {

        /** A text that differs for different limits. */
        public String text() {
            return this.limit == null
                    ? ""
                    : "%d/%s/%d".formatted(this.limit.limit(), this.limit.interval(), this.limit.burst());
        }
    }
}
