package io.tasklane;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One step from an older version of a task's arguments to the next one, for tasks that were enqueued by older code and have
 * not run yet. To be registered as a bean:
 *
 * <pre>{@code
 * @Task(version = 2)
 * public void welcome(long userId, Locale locale) { ... }     // version 1 had only the user, under another name
 *
 * @Bean
 * PayloadUpgrader welcomeInALanguage() {
 *     return PayloadUpgrader.of("Mailer.welcome", 1, arguments -> {
 *         arguments.put("userId", arguments.remove("user"));
 *         arguments.put("locale", "en");
 *     });
 * }
 * }</pre>
 *
 * <p>Each step is written once and stays as it is: arguments of version 1 run through the step from 1, then through the one
 * from 2, and so on up to the version of the method. A step may be removed once no task of its version is left. Where one is
 * missing, or fails, the task waits for a node that has it.
 *
 * @since 0.1.0
 */
public interface PayloadUpgrader {

    /** Name of the task, or one of its aliases. */
    String task();

    /** The version that {@link #upgrade} turns into the next one, at least 1. */
    int fromVersion();

    /**
     * Changes the arguments in place. Called each time such a task is tried, on the thread that is about to run it.
     *
     * @param arguments the arguments by parameter name, in the types of JSON: text, whole numbers, {@code BigDecimal},
     *     booleans, lists, maps by text, null; all of them may be changed. What is put in is written as JSON by its own type
     */
    void upgrade(Map<String, @Nullable Object> arguments);

    /**
     * Makes a step of a function.
     *
     * @param task name of the task, or one of its aliases
     * @param fromVersion the version that it turns into the next one, at least 1
     * @param step changes the arguments in place
     */
    static PayloadUpgrader of(String task, int fromVersion, Consumer<Map<String, @Nullable Object>> step) {
        return new PayloadStep(task, fromVersion, step);
    }
}
