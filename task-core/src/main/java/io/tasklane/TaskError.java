package io.tasklane;

import org.jspecify.annotations.Nullable;

/**
 * The error of one attempt, as stored.
 *
 * @param type class name of the throwable
 * @param message its message, or null
 * @param stack its stack trace as text, cut at 32,768 characters
 */
public record TaskError(String type, @Nullable String message, String stack) {}
