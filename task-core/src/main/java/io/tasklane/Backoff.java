package io.tasklane;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How long a failed task waits for its next try: {@code initial * multiplier^(retry - 1)}, at most {@code max}, give or
 * take {@code jitter}. An attribute left out is taken from the queue, else from {@code tasklane.defaults.backoff}
 * (60 s, 2, 1 h, 0.1).
 */
@Documented
@Target({})
@Retention(RetentionPolicy.RUNTIME)
public @interface Backoff {

    /** Wait before the first retry, such as {@code 10s} or {@code 0s}. */
    String initial() default "";

    /** Factor from one wait to the next, at least 1. Zero: not set. */
    double multiplier() default 0;

    /** Longest wait, such as {@code 1h}. */
    String max() default "";

    /** Random share added to or taken from each wait, from 0 to 1: 0.1 means plus or minus ten percent. Negative: not set. */
    double jitter() default -1;
}
