package io.tasklane.client;

import io.tasklane.TaskRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a call says about its task; null means left out. At most one of delay and runAt is set. */
record CallOptions(
        @Nullable String queue,
        @Nullable Integer priority,
        @Nullable Integer retries,
        @Nullable Duration delay,
        @Nullable Instant runAt,
        @Nullable String concurrencyKey) {

    static final CallOptions NONE = new CallOptions(null, null, null, null, null, null);

    /** These options, with others behind them: delay and runAt are one choice. */
    CallOptions over(CallOptions outer) {
        boolean timed = this.delay != null || this.runAt != null;
        return new CallOptions(
                this.queue != null ? this.queue : outer.queue,
                this.priority != null ? this.priority : outer.priority,
                this.retries != null ? this.retries : outer.retries,
                timed ? this.delay : outer.delay,
                timed ? this.runAt : outer.runAt,
                this.concurrencyKey != null ? this.concurrencyKey : outer.concurrencyKey);
    }

    /** A request that says the same. */
    TaskRequest request(String task, int version, Map<String, @Nullable Object> arguments) {
        return new TaskRequest(
                task,
                arguments,
                this.queue,
                this.priority,
                this.retries,
                this.delay,
                this.runAt,
                version,
                this.concurrencyKey);
    }
}
