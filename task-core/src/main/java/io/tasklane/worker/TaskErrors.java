package io.tasklane.worker;

import io.tasklane.TaskError;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** Turns what a task threw into what is stored; never throws itself. */
final class TaskErrors {

    private static final int MAX_STACK = 32_768;

    private TaskErrors() {}

    static TaskError of(Throwable failure) {
        return new TaskError(failure.getClass().getName(), message(failure), stack(failure));
    }

    /** Class and message in one line, for logs. */
    static String line(TaskError error) {
        String text = error.message() == null ? error.type() : error.type() + ": " + error.message();
        return text.replaceAll("\\R", " ");
    }

    // Both methods of a throwable may be overridden, and the heap may be full.
    @SuppressWarnings("CatchAndPrintStackTrace")
    private static @Nullable String message(Throwable failure) {
        try {
            return failure.getMessage();
        } catch (Throwable ex) {
            return "its getMessage() threw " + ex.getClass().getName();
        }
    }

    private static String stack(Throwable failure) {
        try {
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text));
            return text.getBuffer().length() > MAX_STACK ? text.getBuffer().substring(0, MAX_STACK) : text.toString();
        } catch (Throwable ex) {
            return "its stack trace could not be written: " + ex.getClass().getName();
        }
    }
}
