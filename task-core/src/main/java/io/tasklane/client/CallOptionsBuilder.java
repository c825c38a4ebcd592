package io.tasklane.client;

import io.tasklane.QueueSpec;
import io.tasklane.Task;
import io.tasklane.TaskOptions;
import io.tasklane.TaskRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Collects the options of one {@code with}, refusing at once what can never work. */
final class CallOptionsBuilder implements TaskOptions {

    private CallOptions options = CallOptions.NONE;

    private CallOptionsBuilder() {}

    static CallOptions build(Consumer<TaskOptions> options) {
        CallOptionsBuilder builder = new CallOptionsBuilder();
        options.accept(builder);
        return builder.options;
    }

    @Override
    public TaskOptions queue(String name) {
        return set(new CallOptions(QueueSpec.requireValidName(name), null, null, null, null, null));
    }

    @Override
    public TaskOptions priority(int priority) {
        if (priority == Task.UNSET) {
            throw new IllegalArgumentException(
                    "Priority %d is reserved; use a value from -2147483647 to 2147483647".formatted(priority));
        }
        return set(new CallOptions(null, priority, null, null, null, null));
    }

    @Override
    public TaskOptions delay(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("A delay must not be negative: " + delay);
        }
        return set(new CallOptions(null, null, null, delay, null, null));
    }

    @Override
    public TaskOptions runAt(Instant instant) {
        return set(new CallOptions(null, null, null, null, instant, null));
    }

    @Override
    public TaskOptions retries(int retries) {
        if (retries < 0) {
            throw new IllegalArgumentException("Retries must not be negative: " + retries);
        }
        return set(new CallOptions(null, null, retries, null, null, null));
    }

    @Override
    public TaskOptions concurrencyKey(String key) {
        return set(new CallOptions(null, null, null, null, null, TaskRequest.requireValidKey(key)));
    }

    private TaskOptions set(CallOptions value) {
        this.options = value.over(this.options);
        return this;
    }
}
