package io.tasklane.actuate.endpoint;

import io.tasklane.QueueSetting;
import io.tasklane.WorkerTags;
import java.time.Duration;
import java.util.Locale;
import org.springframework.boot.convert.DurationStyle;

/** How a request writes the settings of queues. */
final class SettingText {

    private SettingText() {}

    /** Name of the field: {@code backoffMax} for {@code backoff.max}. */
    static String field(QueueSetting<?> setting) {
        return field(setting.name());
    }

    /** Name of the field of a setting's name. */
    static String field(String setting) {
        StringBuilder field = new StringBuilder();
        for (String word : setting.split("[.-]")) {
            field.append(field.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return field.toString();
    }

    /** What its text has to be, in words. */
    static String kind(QueueSetting<?> setting) {
        if (setting.type() == Duration.class) {
            return "a duration with a unit, such as 90s";
        }
        if (setting.type() == WorkerTags.class) {
            return setting.allowed();
        }
        return setting.type() == Integer.class ? "a whole number" : "a number";
    }

    /**
     * Reads a value.
     *
     * @throws IllegalArgumentException if it is of another kind
     */
    static <T> T parse(QueueSetting<T> setting, String text) {
        if (setting.type() == Duration.class) {
            return setting.type().cast(duration(text));
        }
        if (setting.type() == WorkerTags.class) {
            return setting.type().cast(WorkerTags.parse(text));
        }
        return setting.type()
                .cast(setting.type() == Integer.class ? (Object) Integer.valueOf(text) : Double.valueOf(text));
    }

    /**
     * Reads a duration that has a unit.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Duration duration(String text) {
        // A bare number would be milliseconds, which nobody means who writes 90.
        if (text.chars().skip(text.startsWith("-") ? 1 : 0).allMatch(Character::isDigit)) {
            throw new IllegalArgumentException("no unit");
        }
        return DurationStyle.detectAndParse(text);
    }
}
