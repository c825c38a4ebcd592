package io.tasklane;

import org.jspecify.annotations.Nullable;

/** A setting of a queue has a value that cannot work. */
public class InvalidQueueSettingException extends IllegalArgumentException {

    private final String setting;

    private final transient @Nullable Object value;

    private final String allowed;

    /**
     * Creates the exception.
     *
     * @param setting name of the setting as in YAML, such as {@code backoff.max}
     * @param value the refused value
     * @param allowed what is allowed, in words
     */
    public InvalidQueueSettingException(String setting, @Nullable Object value, String allowed) {
        super("Queue setting '%s' is %s; allowed: %s".formatted(setting, value, allowed));
        this.setting = setting;
        this.value = value;
        this.allowed = allowed;
    }

    /** Name of the setting as in YAML. */
    public String setting() {
        return this.setting;
    }

    /** The refused value. */
    public @Nullable Object value() {
        return this.value;
    }

    /** What is allowed, in words. */
    public String allowed() {
        return this.allowed;
    }
}
