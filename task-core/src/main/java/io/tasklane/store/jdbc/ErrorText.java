package io.tasklane.store.jdbc;

import io.tasklane.TaskError;
import org.jspecify.annotations.Nullable;

/** Cuts errors to the size of their columns. */
final class ErrorText {

    private static final int MAX_CLASS = 500;

    private static final int MAX_TEXT = 32_768;

    private ErrorText() {}

    static TaskError cut(TaskError error) {
        String message = error.message();
        return new TaskError(
                cut(error.type(), MAX_CLASS),
                message != null ? cut(message, MAX_TEXT) : null,
                cut(error.stack(), MAX_TEXT));
    }

    /** Reads an error; the columns are null together. */
    static @Nullable TaskError of(@Nullable String errorClass, @Nullable String message, @Nullable String stack) {
        return errorClass != null ? new TaskError(errorClass, message, stack != null ? stack : "") : null;
    }

    private static String cut(String text, int max) {
        // PostgreSQL has no character 0, and half a surrogate pair is no character anywhere.
        String clean = text.replace('\0', '\uFFFD');
        if (clean.length() <= max) {
            return clean;
        }
        return clean.substring(0, Character.isHighSurrogate(clean.charAt(max - 1)) ? max - 1 : max);
    }
}
