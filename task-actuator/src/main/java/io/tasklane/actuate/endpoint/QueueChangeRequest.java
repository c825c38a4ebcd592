package io.tasklane.actuate.endpoint;

import io.tasklane.ConcurrencyRange;
import io.tasklane.InvalidQueueSettingException;
import io.tasklane.QueueSetting;
import io.tasklane.QueueSettings;
import io.tasklane.TaskQueue;
import io.tasklane.TaskQueues;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a request wants changed in a queue. All of it is checked before anything is changed. */
final class QueueChangeRequest {

    private static final String NONE = "none";

    private final List<String> problems = new ArrayList<>();

    private final List<UnaryOperator<QueueSettings>> settings = new ArrayList<>();

    /** What is given, by which it is checked: no settings exist with a value that cannot work. */
    private QueueSettings given = QueueSettings.NONE;

    private @Nullable Boolean paused;

    private @Nullable Instant pausedUntil;

    /** A setting. A null text is not given. */
    <T> QueueChangeRequest set(QueueSetting<T> setting, @Nullable String text) {
        if (text == null) {
            return this;
        }
        String field = SettingText.field(setting);
        try {
            T value = text.equals(NONE) ? null : SettingText.parse(setting, text);
            this.given = this.given.with(setting, value);
            this.settings.add(settings -> settings.with(setting, value));
        } catch (InvalidQueueSettingException ex) {
            expected(field, text, ex.allowed() + ", or \"none\" to lift the setting");
        } catch (IllegalArgumentException ex) {
            expected(field, text, SettingText.kind(setting) + ", or \"none\" to lift the setting");
        }
        return this;
    }

    /** How many of its tasks one node runs at once, by a number or a range of it. A null text is not given. */
    QueueChangeRequest concurrency(@Nullable String text) {
        if (text == null) {
            return this;
        }
        try {
            ConcurrencyRange range = text.equals(NONE) ? null : ConcurrencyRange.valueOf(text);
            this.settings.add(settings -> settings.withConcurrency(range));
        } catch (IllegalArgumentException ex) {
            expected("concurrency", text, ConcurrencyRange.ALLOWED + ", or \"none\" to lift the setting");
        }
        return this;
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
        // Before anything is paused; who changes it meanwhile is found by the patch.
        requireConsistent(changed(queues.get(name).settings()));
        TaskQueue changed = null;
        if (this.pausedUntil != null) {
            changed = queues.pause(name, this.pausedUntil);
        } else if (Boolean.TRUE.equals(this.paused)) {
            changed = queues.pause(name);
        }
        if (!this.settings.isEmpty()) {
            changed = queues.patch(name, stored -> requireConsistent(changed(stored)));
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

    private static QueueSettings requireConsistent(QueueSettings settings) {
        try {
            return settings.requireConsistent();
        } catch (InvalidQueueSettingException ex) {
            throw TaskRequestException.invalid("'%s' would be '%s'; allowed: %s"
                    .formatted(SettingText.field(ex.setting()), ex.value(), ex.allowed()));
        }
    }

    private void expected(String field, String text, String allowed) {
        this.problems.add("'%s' is '%s'; allowed: %s".formatted(field, text, allowed));
    }
}
