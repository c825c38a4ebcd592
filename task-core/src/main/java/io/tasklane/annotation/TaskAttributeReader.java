package io.tasklane.annotation;

import io.tasklane.Backoff;
import io.tasklane.Completion;
import io.tasklane.KeyOrder;
import io.tasklane.QueueSpec;
import io.tasklane.RateLimit;
import io.tasklane.Task;
import io.tasklane.TaskRequest;
import io.tasklane.annotation.TaskAttributes.KeyAttributes;
import io.tasklane.handler.RetryableFailures;
import io.tasklane.handler.TaskBackoff;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.StringValueResolver;

/** Reads the attributes of {@code @Task}: what the method leaves out its class may say. */
final class TaskAttributeReader {

    private final StringValueResolver placeholders;

    TaskAttributeReader(StringValueResolver placeholders) {
        this.placeholders = placeholders;
    }

    TaskAttributes read(Method method, Class<?> beanClass, TaskMethodFindings findings) {
        Task own = Objects.requireNonNull(AnnotatedElementUtils.findMergedAnnotation(method, Task.class));
        Task shared = AnnotatedElementUtils.findMergedAnnotation(beanClass, Task.class);
        if (shared == null) {
            shared = AnnotationUtils.synthesizeAnnotation(Task.class);
        } else if (!shared.name().isEmpty() || shared.aliases().length > 0) {
            findings.problem(
                    "@Task on the class sets name or aliases, which belong to one method",
                    "Move them to the annotation of the method");
        }
        Values values = new Values(findings);
        Completion completion = completion(own.completion(), shared.completion());
        return new TaskAttributes(
                name(own, method, beanClass, values),
                aliases(own, values),
                version(set(own.version(), shared.version()), findings),
                queue(own.queue().isEmpty() ? shared.queue() : own.queue(), values),
                set(own.priority(), shared.priority()),
                retries(set(own.retries(), shared.retries()), completion, findings),
                backoff(own.backoff(), shared.backoff(), values),
                new RetryableFailures(
                        failures(own.retryFor(), shared.retryFor()), failures(own.noRetryFor(), shared.noRetryFor())),
                values.duration("delay", own.delay().isEmpty() ? shared.delay() : own.delay()),
                timeout(own.timeout().isEmpty() ? shared.timeout() : own.timeout(), values),
                rateLimit(own.rateLimit().isEmpty() ? shared.rateLimit() : own.rateLimit(), values),
                completion,
                key(own, shared, values));
    }

    private static KeyAttributes key(Task own, Task shared, Values values) {
        Integer limit = set(own.maxPerKey(), shared.maxPerKey());
        if (limit != null && limit < 1) {
            values.findings.problem(
                    "maxPerKey is %d, with which no task of a key could ever run".formatted(limit),
                    "Use 1 or more, or leave it out");
            limit = null;
        }
        String group = own.concurrencyGroup().isEmpty() ? shared.concurrencyGroup() : own.concurrencyGroup();
        KeyOrder order = own.keyOrder() != KeyOrder.DEFAULT ? own.keyOrder() : shared.keyOrder();
        String key = own.concurrencyKey().isEmpty() ? shared.concurrencyKey() : own.concurrencyKey();
        String fair = own.fairKey().isEmpty() ? shared.fairKey() : own.fairKey();
        if (!key.isEmpty() && !fair.isEmpty()) {
            values.findings.problem(
                    "it has a concurrencyKey and a fairKey, but a task takes its turn by one key",
                    "Leave one of them out, on the class too");
        }
        return new KeyAttributes(
                key.isEmpty() ? fair : key,
                key.isEmpty() && !fair.isEmpty(),
                group.isEmpty() ? null : values.taskName("concurrencyGroup", group),
                limit != null ? limit : 1,
                order == KeyOrder.SKIP_WAITING);
    }

    private static Completion completion(Completion own, Completion shared) {
        Completion set = own != Completion.DEFAULT ? own : shared;
        return set != Completion.DEFAULT ? set : Completion.AFTER_RUN;
    }

    private static String name(Task own, Method method, Class<?> beanClass, Values values) {
        if (!own.name().isEmpty()) {
            return values.taskName("name", own.name());
        }
        String simple = beanClass.getSimpleName();
        if (simple.isEmpty()) {
            values.findings.problem("the class has no name from which the task could take one", "Give @Task a name");
        }
        return values.taskName("name", simple + "." + method.getName());
    }

    private static List<String> aliases(Task own, Values values) {
        List<String> aliases = new ArrayList<>();
        for (String alias : own.aliases()) {
            aliases.add(values.taskName("aliases", alias));
        }
        return aliases;
    }

    private static int version(@Nullable Integer version, TaskMethodFindings findings) {
        if (version == null) {
            return 1;
        }
        if (version < 1) {
            findings.problem(
                    "version is %d".formatted(version), "Count from 1, which is the version where none is given");
            return 1;
        }
        return version;
    }

    private static String queue(String queue, Values values) {
        if (queue.isEmpty()) {
            return QueueSpec.DEFAULT;
        }
        String resolved = values.resolve("queue", queue);
        if (resolved == null) {
            return QueueSpec.DEFAULT;
        }
        try {
            return QueueSpec.requireValidName(resolved);
        } catch (IllegalArgumentException ex) {
            values.findings.problem(
                    "the queue '%s' has a name that is not allowed".formatted(resolved),
                    "Use 1 to 100 letters, digits, '_' and '-'");
            return QueueSpec.DEFAULT;
        }
    }

    private static @Nullable Integer set(int own, int shared) {
        return own != Task.UNSET ? Integer.valueOf(own) : shared != Task.UNSET ? Integer.valueOf(shared) : null;
    }

    private static @Nullable Integer retries(
            @Nullable Integer retries, Completion completion, TaskMethodFindings findings) {
        if (retries != null && retries < 0) {
            findings.problem("retries is negative: %d".formatted(retries), "Use 0 for no retry, or more");
            return null;
        }
        if (completion == Completion.BEFORE_RUN && retries != null && retries > 0) {
            findings.problem(
                    "with completion = BEFORE_RUN the body starts at most once, but retries is %d".formatted(retries),
                    "Set retries = 0 or leave it out, on the class too; or choose another completion");
        }
        return retries;
    }

    private static @Nullable Duration timeout(String text, Values values) {
        Duration timeout = values.duration("timeout", text);
        if (timeout != null && timeout.isZero()) {
            values.findings.problem(
                    "timeout is zero, which no task can keep",
                    "Leave it out for a task that may take as long as it takes");
            return null;
        }
        return timeout;
    }

    private static @Nullable RateLimit rateLimit(String text, Values values) {
        String resolved = text.isEmpty() ? null : values.resolve("rateLimit", text);
        if (resolved == null) {
            return null;
        }
        try {
            return RateLimit.parse(resolved);
        } catch (IllegalArgumentException ex) {
            values.findings.problem(
                    "rateLimit is '%s', which is no rate limit: %s".formatted(resolved, ex.getMessage()),
                    "Use a form such as 10/s, 100/m, 1000/h or 100/30s, with at least 100 ms");
            return null;
        }
    }

    private static TaskBackoff backoff(Backoff own, Backoff shared, Values values) {
        double multiplier = own.multiplier() != 0 ? own.multiplier() : shared.multiplier();
        if (multiplier != 0 && !(multiplier >= 1 && Double.isFinite(multiplier))) {
            values.findings.problem("backoff.multiplier is %s".formatted(multiplier), "Use 1 or more");
        }
        double jitter = own.jitter() < 0 ? shared.jitter() : own.jitter();
        if (!(jitter <= 1)) {
            values.findings.problem("backoff.jitter is %s".formatted(jitter), "Use 0 to 1");
        }
        return new TaskBackoff(
                values.duration("backoff.initial", own.initial().isEmpty() ? shared.initial() : own.initial()),
                multiplier != 0 ? Double.valueOf(multiplier) : null,
                values.duration("backoff.max", own.max().isEmpty() ? shared.max() : own.max()),
                jitter >= 0 ? Double.valueOf(jitter) : null);
    }

    private static List<Class<? extends Throwable>> failures(
            Class<? extends Throwable>[] own, Class<? extends Throwable>[] shared) {
        return List.of(own.length > 0 ? own : shared);
    }

    /** Turns texts into values and notes what cannot be. */
    private final class Values {

        private final TaskMethodFindings findings;

        Values(TaskMethodFindings findings) {
            this.findings = findings;
        }

        /** The text with its placeholders resolved, null where that is not possible. */
        @Nullable
        String resolve(String attribute, String text) {
            try {
                String resolved = TaskAttributeReader.this.placeholders.resolveStringValue(text);
                // Without a strict resolver in the context, an unknown placeholder stays as it is.
                if (resolved != null && !resolved.contains("${")) {
                    return resolved;
                }
            } catch (IllegalArgumentException ex) {
                // Reported below, as it is where nothing is thrown.
            }
            this.findings.problem(
                    "%s '%s' cannot be resolved".formatted(attribute, text),
                    "Set the property, or give the placeholder a default");
            return null;
        }

        String taskName(String attribute, String text) {
            String name = resolve(attribute, text);
            if (name == null) {
                return text;
            }
            try {
                return TaskRequest.requireValidName(name);
            } catch (IllegalArgumentException ex) {
                this.findings.problem(
                        "%s '%s' is no name that a task can have".formatted(attribute, name),
                        "Use 1 to %d characters without blanks at the ends".formatted(TaskRequest.MAX_NAME_LENGTH));
                return name;
            }
        }

        @Nullable
        Duration duration(String attribute, String text) {
            if (text.isEmpty()) {
                return null;
            }
            String resolved = resolve(attribute, text);
            if (resolved == null) {
                return null;
            }
            try {
                Duration duration = DurationFormatterUtils.detectAndParse(resolved);
                if (!duration.isNegative()) {
                    return duration;
                }
            } catch (IllegalArgumentException | ArithmeticException ex) {
                // Reported below, as a negative one is.
            }
            this.findings.problem(
                    "%s is no duration that can be waited: '%s'".formatted(attribute, resolved),
                    "Use a form such as 10s, 5m, 1h30m or PT1H");
            return null;
        }
    }
}
