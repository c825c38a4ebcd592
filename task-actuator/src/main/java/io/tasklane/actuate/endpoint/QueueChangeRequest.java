package io.tasklane.actuate.endpoint;

import io.tasklane.InvalidQueueSettingException;
import io.tasklane.QueueSettings;
import io.tasklane.TaskQueue;
import io.tasklane.TaskQueues;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** What a request wants changed in a queue. All of it is checked before anything is changed. */
final class QueueChangeRequest {

    private static final String NONE = "none";

    private final List<String> problems = new ArrayList<>();

    private final List<UnaryOperator<QueueSettings>> settings = new ArrayList<>();

    /** What is given, by which it is checked: no settings exist with a value that cannot work. */
    private QueueSettings given = QueueSettings.NONE;

    private @Nullable Boolean paused;

    private @Nullable Instant pausedUntil;

    /** A setting that is a whole number. A null text is not given. */
    QueueChangeRequest integer(
            String field, @Nullable String text, BiFunction<QueueSettings, @Nullable Integer, QueueSettings> setting) {
        return set(field, text, "a whole number", Integer::valueOf, setting);
    }

    /** A setting that is a number. A null text is not given. */
    QueueChangeRequest decimal(
            String field, @Nullable String text, BiFunction<QueueSettings, @Nullable Double, QueueSettings> setting) {
        return set(field, text, "a number", Double::valueOf, setting);
    }

    /** A setting that is a duration. A null text is not given. */
    QueueChangeRequest duration(
            String field, @Nullable String text, BiFunction<QueueSettings, @Nullable Duration, QueueSettings> setting) {
        return set(field, text, "a duration with a unit, such as 90s", QueueChangeRequest::withUnit, setting);
    }

    /** Whether nothing is to be claimed from the queue, and until when. A null text is not given. */
    QueueChangeRequest pause(@Nullable String pausedText, @Nullable String untilText) {
        if (pausedText != null && !pausedText.equals("true") && !pausedText.equals("false")) {
            expected("paused", pausedText, "true or false");
        } else if (pausedText != null) {
            this.paused = pausedText.equals("true");
        }
        if (untilText != null) {
            try {
                this.pausedUntil = Instant.parse(untilText);
            } catch (DateTimeParseException ex) {
                expected("pausedUntil", untilText, "an instant, such as 2030-01-31T08:00:00Z");
            }
            if ("false".equals(pausedText)) {
                this.problems.add("'paused' is false and 'pausedUntil' is given: leave one of them out");
            }
        }
        return this;
    }

    /**
     * Makes the changes, one after the other: a pause first, the end of one last.
     *
     * @return the queue as stored
     * @throws TaskRequestException if something is wrong with the request; nothing is changed then
     * @throws io.tasklane.NoSuchQueueException if there is no such queue
     */
    TaskQueue apply(TaskQueues queues, String name) {
        if (!this.problems.isEmpty()) {
            throw TaskRequestException.invalid(String.join("; ", this.problems));
        }
        TaskQueue changed = null;
        if (this.pausedUntil != null) {
            changed = queues.pause(name, this.pausedUntil);
        } else if (Boolean.TRUE.equals(this.paused)) {
            changed = queues.pause(name);
        }
        if (!this.settings.isEmpty()) {
            changed = queues.patch(name, this::changed);
        }
        if (Boolean.FALSE.equals(this.paused)) {
            changed = queues.resume(name);
        }
        if (changed == null) {
            throw TaskRequestException.invalid("Nothing to change is given; settings go into the body, as JSON");
        }
        return changed;
    }

    private QueueSettings changed(QueueSettings stored) {
        QueueSettings changed = stored;
        for (UnaryOperator<QueueSettings> setting : this.settings) {
            changed = setting.apply(changed);
        }
        return changed;
    }

    private <T> QueueChangeRequest set(
            String field,
            @Nullable String text,
            String kind,
            Function<String, T> parser,
            BiFunction<QueueSettings, @Nullable T, QueueSettings> setting) {
        if (text == null) {
            return this;
        }
        try {
            T value = text.equals(NONE) ? null : parser.apply(text);
            this.given = setting.apply(this.given, value);
            this.settings.add(settings -> setting.apply(settings, value));
        } catch (InvalidQueueSettingException ex) {
            expected(field, text, ex.allowed() + ", or \"none\" to lift the setting");
        } catch (IllegalArgumentException ex) {
            expected(field, text, kind + ", or \"none\" to lift the setting");
        }
        return this;
    }

    private void expected(String field, String text, String allowed) {
        this.problems.add("'%s' is '%s'; allowed: %s".formatted(field, text, allowed));
    }

    // A bare number would be milliseconds, which nobody means who writes 90.
    private static Duration withUnit(String text) {
        if (text.chars().allMatch(Character::isDigit)) {
            throw new IllegalArgumentException("no unit");
        }
        return DurationStyle.detectAndParse(text);
    }
}
