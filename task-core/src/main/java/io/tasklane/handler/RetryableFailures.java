package io.tasklane.handler;

import io.tasklane.NonRetryableTaskException;
import java.util.List;

/**
 * Which failures are retried. Subclasses match.
 *
 * @param retryFor retry only these; empty for all
 * @param noRetryFor never retry these; wins
 */
public record RetryableFailures(
        List<Class<? extends Throwable>> retryFor, List<Class<? extends Throwable>> noRetryFor) {

    /** Every failure is retried, except {@link NonRetryableTaskException}. */
    public static final RetryableFailures ALL = new RetryableFailures(List.of(), List.of());

    public RetryableFailures {
        retryFor = List.copyOf(retryFor);
        noRetryFor = List.copyOf(noRetryFor);
    }

    /** Whether a task that threw this is tried again while it has retries left. */
    public boolean isRetryable(Throwable failure) {
        if (failure instanceof NonRetryableTaskException
                || this.noRetryFor.stream().anyMatch(type -> type.isInstance(failure))) {
            return false;
        }
        return this.retryFor.isEmpty() || this.retryFor.stream().anyMatch(type -> type.isInstance(failure));
    }
}
