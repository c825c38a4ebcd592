package io.tasklane;

/**
 * When it is written down that a task is done, relative to its body: what a crash in between leads to.
 *
 * @since 0.1.0
 */
public enum Completion {

    /** What the class of the method says, else {@link #AFTER_RUN}. */
    DEFAULT,

    /**
     * After the body, together with other tasks and in a transaction of its own: the task runs <em>at least once</em>. If its
     * worker dies between the end of the body and this write, it runs again.
     */
    AFTER_RUN,

    /**
     * Together with what the body writes to the database of the tasks: those effects happen <em>exactly once</em>. The worker
     * opens a transaction of the application's transaction manager round the body, writes in it that the task has succeeded,
     * and commits both. If the body throws anything, checked exceptions included, all is rolled back, and the task is tried
     * again as usual; tasks that the body enqueues exist only if it commits.
     *
     * <p>{@code @Transactional} is not needed. Where the method has it, for others who call its code, it joins this transaction,
     * which takes over its isolation and timeout; one that would not join ({@code REQUIRES_NEW}, {@code NOT_SUPPORTED},
     * {@code NEVER}), is read-only, or names another transaction manager is refused at start-up. Code that the body calls must
     * join too: what it commits by itself, or does outside of this database, may happen again.
     *
     * <p>Each such task has a commit and a connection of its own: for a duration of minutes, or thousands a second,
     * {@link #AFTER_RUN} with an idempotent body is the better choice.
     */
    IN_TRANSACTION,

    /**
     * Before the body: the body starts <em>at most once</em>. For work that must never happen twice and may rather not happen
     * at all.
     *
     * <p>That it started is committed before the body begins. From then on the task never goes back into its queue: if its
     * worker dies, loses its claim or shuts down before the body has ended, the task ends in {@link TaskState#FAILED} with an
     * error that says that it may have run. Until then it goes back like any other.
     *
     * <p>Such a task is not tried again: {@code retries} above 0 are refused, and those of queue and defaults do not apply.
     * Advice that calls the body twice, such as {@code @Retryable} on the same method, is the application's own.
     */
    BEFORE_RUN
}
