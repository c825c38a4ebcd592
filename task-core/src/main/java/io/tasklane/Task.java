package io.tasklane;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Makes a bean method a durable background task: calling it writes a task into the application's own database, inside
 * the caller's transaction, and returns at once; a worker container runs the body later, on any node.
 *
 * <pre>{@code
 * @Service
 * class Mailer {
 *
 *     @Task(queue = "email", priority = 10, retries = 5)
 *     public void welcome(long userId, String template) { ... }
 *
 *     @Task(queue = "reports", completion = Completion.IN_TRANSACTION)
 *     public TaskHandle<Report> monthly(YearMonth month) {
 *         return TaskHandle.of(new Report(...));
 *     }
 * }
 *
 * mailer.welcome(42, "hello");                                // enqueues
 * TaskHandle<Report> report = reports.monthly(YearMonth.of(2026, 11));
 * }</pre>
 *
 * <p>The method must be public, protected or package-private, not final and not static, and return {@code void} or
 * {@link TaskHandle}. Arguments are stored as JSON by parameter name (compile with {@code -parameters}); a parameter of
 * type {@link TaskContext} is injected when the task runs and is not stored. What cannot work fails start-up with all
 * problems in one report.
 *
 * <p>Delivery is <em>at least once</em>: a task whose worker dies between the end of the body and the moment its
 * completion is written runs again. Make the body idempotent, or choose another {@link #completion()}: with
 * {@link Completion#IN_TRANSACTION} its effects on the database happen exactly once, with {@link Completion#BEFORE_RUN} it
 * starts at most once.
 *
 * <p>As with {@code @Async}, a call on {@code this} is not intercepted: it runs the body inline. Call through an injected
 * reference of the bean, or through {@link TaskClient}.
 *
 * <p>On a class the annotation gives the defaults of the {@code @Task} methods of that class ({@code name} and
 * {@code aliases} are refused there). On another annotation it makes a composed one:
 * {@code @Task(queue = "email") @interface Emailing {}}.
 */
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Reflective(TaskReflectiveProcessor.class)
public @interface Task {

    /** Marks an {@code int} attribute as not set, so that zero stays a value of its own. */
    int UNSET = Integer.MIN_VALUE;

    /**
     * Name of the task as stored in the database, unique in the application, at most 255 characters without blanks at the
     * ends. Defaults to {@code SimpleClassName.method}. Give one before renaming the class or the method.
     */
    String name() default "";

    /** Earlier names of the task: rows stored under them run here too. */
    String[] aliases() default {};

    /**
     * Version of the parameters, stored with each call, at least 1. Left out, it is 1. Raise it when what was stored before
     * can no longer be read, or would be read wrongly, and give a {@link PayloadUpgrader} for what is still stored: a new
     * parameter that may be absent, and one less, need neither. Nodes that run older code leave a task of a newer version to
     * those that run the newer one.
     */
    int version() default UNSET;

    /** Queue of the task; placeholders such as <code>${mail.queue}</code> are resolved. Defaults to {@code default}. */
    String queue() default "";

    /**
     * Priority inside its queue, higher first, from -2147483647 to 2147483647. Left out, the queue's default priority
     * applies, else 0.
     */
    int priority() default UNSET;

    /** How often a failed task is tried again after the first time. Left out, the queue's value applies, else 3. */
    int retries() default UNSET;

    /** How long a failed task waits for its next try. Attributes left out are taken from the queue, else the defaults. */
    Backoff backoff() default @Backoff;

    /** Retry only these exceptions and their subclasses. Empty: any {@link Throwable}. */
    Class<? extends Throwable>[] retryFor() default {};

    /** Never retry these exceptions and their subclasses; wins over {@link #retryFor()}. */
    Class<? extends Throwable>[] noRetryFor() default {};

    /**
     * Earliest start after the enqueue, such as {@code 10s}, {@code 5m} or {@code PT1H}; placeholders are resolved.
     * Empty: at once.
     */
    String delay() default "";

    /**
     * How long one run of the body may take, such as {@code 30s}, {@code 10m} or {@code PT1H}; placeholders are resolved. Then
     * its thread is interrupted, and the body has failed with {@link TaskTimeoutException}, whatever it returns or throws; it is
     * tried again as after any failure. A body that ignores the interrupt for 2 s more has failed at that moment, so that it may
     * run again meanwhile: what it returns or throws in the end is discarded, and its thread keeps the slot until then. Empty:
     * as long as it takes.
     */
    String timeout() default "";

    /**
     * How many tasks of this name all nodes together may start in a time, whatever their queue: {@code 10/s}, {@code 100/m},
     * {@code 1000/h}, {@code 100/30s}; a tenth of it may start at once, and {@code 0/s} starts none. Placeholders are resolved.
     * Those beyond it wait, and do not hold up others of their queue. Applied at start where it differs from what this
     * application applied last; {@link TaskAdmin#rateLimit} changes it while workers run. Empty: as often as there are slots.
     */
    String rateLimit() default "";

    /**
     * When the task is written down as done, relative to its body: whether a crash lets it run again. Left out, what the class
     * says applies, else {@link Completion#AFTER_RUN}.
     */
    Completion completion() default Completion.DEFAULT;

    /**
     * Tasks of the same key run one at a time, in the order in which they were enqueued, in the whole cluster: a SpEL expression
     * over the arguments by parameter name, such as {@code #orderId}, {@code #order.id} or {@code #tenant + '/' + #year}, the
     * text of whose value is the key; at most 200 characters. It is evaluated when the task is enqueued. Null is no key. Keys
     * belong to the task, unless it has a {@link #concurrencyGroup()}.
     *
     * <p>Meanwhile the others are {@link TaskState#BLOCKED}; they take no slot, and hold up no tasks of other keys or without
     * one. Order within a key is that of enqueueing, whatever the priorities.
     */
    String concurrencyKey() default "";

    /**
     * Tasks of different fair keys take turns within their queue, so that a flood of one tenant does not hold up another: a SpEL
     * expression as in {@link #concurrencyKey()}, such as {@code #tenant}. At most eight tasks of a key are QUEUED at a time, the
     * others are {@link TaskState#BLOCKED}; the next one takes its place at the back of its priority when one is claimed. Any
     * number of them may run, so that a tenant that is alone has all slots. Null takes no turns. Not together with a
     * {@code concurrencyKey}.
     */
    String fairKey() default "";

    /** How many tasks of one key may run at a time, at least 1. Left out, it is 1. */
    int maxPerKey() default UNSET;

    /** What a task that waits for a retry means to the others of its key. Left out, they wait for it too. */
    KeyOrder keyOrder() default KeyOrder.DEFAULT;

    /** Tasks of the same group share their keys; placeholders are resolved. Empty: the keys are the task's own. */
    String concurrencyGroup() default "";
}
