package io.tasklane;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is set for one queue. What is not set is null: each node puts its own {@code tasklane.defaults} behind it. Immutable:
 * {@link #with} returns a changed copy.
 */
public final class QueueSettings {

    /** Nothing set. */
    public static final QueueSettings NONE = new QueueSettings(new TreeMap<>());

    private final SortedMap<String, Object> values;

    private QueueSettings(SortedMap<String, Object> values) {
        this.values = values;
    }

    /**
     * Sets a value.
     *
     * @param setting what to set, such as {@link QueueSetting#CONCURRENCY}
     * @param value its value; null lifts the setting
     * @return a changed copy
     * @throws InvalidQueueSettingException if the value cannot work
     */
    public <T> QueueSettings with(QueueSetting<T> setting, @Nullable T value) {
        SortedMap<String, Object> changed = new TreeMap<>(this.values);
        if (value == null) {
            changed.remove(setting.name());
        } else {
            setting.check(value);
            changed.put(setting.name(), value);
        }
        return new QueueSettings(changed);
    }

    /**
     * Sets how many tasks one node runs at once.
     *
     * @param range the number, or the range of it; null lifts the setting
     * @return a changed copy
     */
    public QueueSettings withConcurrency(@Nullable ConcurrencyRange range) {
        return with(QueueSetting.CONCURRENCY, range != null ? range.max() : null)
                .with(QueueSetting.MIN_CONCURRENCY, range != null && !range.isFixed() ? range.min() : null);
    }

    /** Returns what is set, null if nothing is. */
    public <T> @Nullable T get(QueueSetting<T> setting) {
        return setting.type().cast(this.values.get(setting.name()));
    }

    /**
     * Checks the settings against each other. Each alone is right already; together they have to be by the time they are stored.
     *
     * @return these settings
     * @throws InvalidQueueSettingException if they cannot work together
     */
    public QueueSettings requireConsistent() {
        Integer min = get(QueueSetting.MIN_PRIORITY);
        Integer max = get(QueueSetting.MAX_PRIORITY);
        if (min != null && max != null && min > max) {
            throw new InvalidQueueSettingException(
                    QueueSetting.MIN_PRIORITY.name(), min, "at most its max-priority, which is " + max);
        }
        Integer reserved = get(QueueSetting.RESERVED_SLOTS);
        Integer concurrency = get(QueueSetting.CONCURRENCY);
        if (reserved != null && concurrency != null && reserved > concurrency) {
            throw new InvalidQueueSettingException(
                    QueueSetting.RESERVED_SLOTS.name(), reserved, "at most its concurrency, which is " + concurrency);
        }
        Integer least = get(QueueSetting.MIN_CONCURRENCY);
        if (least != null && (concurrency == null || least > concurrency)) {
            throw new InvalidQueueSettingException(
                    QueueSetting.MIN_CONCURRENCY.name(),
                    least,
                    concurrency == null
                            ? "only together with concurrency; lift both, or set both"
                            : "at most its concurrency, which is " + concurrency);
        }
        return this;
    }

    /** All that is set, by name and in the order of the names. */
    public SortedMap<String, Object> asMap() {
        return Collections.unmodifiableSortedMap(this.values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QueueSettings settings && settings.values.equals(this.values);
    }

    @Override
    public int hashCode() {
        return this.values.hashCode();
    }

    /** All that is set, as {@code {concurrency=4, retries=0}}. */
    @Override
    public String toString() {
        return this.values.toString();
    }
}
