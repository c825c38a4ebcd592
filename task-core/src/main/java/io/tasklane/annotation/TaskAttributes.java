package io.tasklane.annotation;

import io.tasklane.Completion;
import io.tasklane.RateLimit;
import io.tasklane.handler.RetryableFailures;
import io.tasklane.handler.TaskBackoff;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The attributes of one task method, those of its class behind them, placeholders resolved. */
record TaskAttributes(
        String name,
        List<String> aliases,
        int version,
        String queue,
        @Nullable Integer priority,
        @Nullable Integer retries,
        TaskBackoff backoff,
        RetryableFailures failures,
        @Nullable Duration delay,
        @Nullable Duration timeout,
        @Nullable RateLimit rateLimit,
        Completion completion,
        KeyAttributes key) {

    /**
     * What is said about keys.
     *
     * @param expression text of the expression, empty for none
     * @param fair whether it is that of a fair key
     * @param group group whose tasks share their keys, or null
     */
    record KeyAttributes(
            String expression, boolean fair, @Nullable String group, int limit, boolean skipsWaiting) {}
}
