package io.tasklane;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks of a queue an operation is for: {@code TaskCriteria.ALL.task("Mailer.welcome").before(yesterday)}. Immutable: each
 * method that takes a value returns a changed copy. Null and empty mean any.
 *
 * @param states states; of those that the operation is for
 * @param task name of the task
 * @param from earliest time, that one included: when the task ended, or when it was enqueued if it has not
 * @param before latest time, that one not included
 * @since 0.1.0
 */
public record TaskCriteria(
        Set<TaskState> states,
        @Nullable String task,
        @Nullable Instant from,
        @Nullable Instant before) {

    /** All tasks that the operation is for. */
    public static final TaskCriteria ALL = new TaskCriteria(Set.of(), null, null, null);

    public TaskCriteria {
        states = Set.copyOf(states);
    }

    /** Only tasks in these states; without any, in all that the operation is for. */
    public TaskCriteria in(TaskState... only) {
        return new TaskCriteria(Set.of(only), this.task, this.from, this.before);
    }

    /** Only tasks of this name. */
    public TaskCriteria task(@Nullable String name) {
        return new TaskCriteria(this.states, name, this.from, this.before);
    }

    /** Only tasks that ended then or later, or that were enqueued then or later if they have not ended. */
    public TaskCriteria from(@Nullable Instant instant) {
        return new TaskCriteria(this.states, this.task, instant, this.before);
    }

    /** Only tasks that ended earlier, or that were enqueued earlier if they have not ended. */
    public TaskCriteria before(@Nullable Instant instant) {
        return new TaskCriteria(this.states, this.task, this.from, instant);
    }
}
