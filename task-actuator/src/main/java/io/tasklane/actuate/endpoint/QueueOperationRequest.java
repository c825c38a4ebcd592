package io.tasklane.actuate.endpoint;

import io.tasklane.NoSuchQueueException;
import io.tasklane.QueueOperations;
import io.tasklane.QueueTaskOperations;
import io.tasklane.TaskCriteria;
import io.tasklane.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request to do something with many tasks of a queue. All of it is checked before anything is done. */
final class QueueOperationRequest {

    private static final Map<String, Set<String>> FIELDS = Map.of(
            "requeue-failed", Set.of("maxRequeues", "task", "from", "before"),
            "clean", Set.of("state", "olderThan"),
            "drain", Set.of("scheduled"),
            "cancel", Set.of("state", "task", "from", "before"),
            "reroute", Set.of("queue", "state", "task", "from", "before"),
            "reprioritise", Set.of("priority", "state", "task", "from", "before"),
            "promote-due", Set.of());

    private static final String INSTANT_OR_AGE = "an instant, or an age with a unit, such as 7d";

    private final String operation;

    private final Map<String, String> given;

    private final List<String> problems = new ArrayList<>();

    /**
     * Creates the request.
     *
     * @param operation name of the operation
     * @param given its fields by their names, without those that are left out
     * @throws TaskRequestException if there is no such operation
     */
    QueueOperationRequest(String operation, Map<String, String> given) {
        if (!FIELDS.containsKey(operation)) {
            throw TaskRequestException.notFound("There is no operation '%s'; there are: %s"
                    .formatted(operation, String.join(", ", new TreeSet<>(FIELDS.keySet()))));
        }
        this.operation = operation;
        this.given = given;
    }

    /**
     * Does it.
     *
     * @throws TaskRequestException if something is wrong with the request; nothing is done then
     */
    QueueOperationDescriptor apply(QueueOperations queue) {
        Set<String> unknown = new TreeSet<>(this.given.keySet());
        unknown.removeAll(FIELDS.getOrDefault(this.operation, Set.of()));
        unknown.remove("dryRun");
        if (!unknown.isEmpty()) {
            this.problems.add("%s: not for %s".formatted(String.join(", ", unknown), this.operation));
        }
        boolean dryRun = flag("dryRun");
        QueueTaskOperations tasks = dryRun ? queue.dryRun() : queue;
        long count = switch (this.operation) {
            case "requeue-failed" -> requeueFailed(tasks);
            case "clean" -> clean(tasks);
            case "drain" -> drain(tasks);
            case "cancel" -> cancel(tasks);
            case "reroute" -> reroute(tasks);
            case "reprioritise" -> reprioritise(tasks);
            default -> promoteDue(tasks);
        };
        return new QueueOperationDescriptor(this.operation, count, dryRun);
    }

    private long requeueFailed(QueueTaskOperations tasks) {
        int maxRequeues = maxRequeues();
        TaskCriteria which = which();
        requireValid();
        return tasks.requeueFailed(maxRequeues, which);
    }

    private long clean(QueueTaskOperations tasks) {
        TaskState state = endState();
        String olderThan = this.given.get("olderThan");
        Instant instant = null;
        Duration age = null;
        if (olderThan == null) {
            this.problems.add("'olderThan' is missing: give an instant, or an age with a unit, such as 7d");
        } else {
            age = age(olderThan);
            if (age == null) {
                instant = instant("olderThan");
            } else if (age.isNegative()) {
                expected("olderThan", olderThan, INSTANT_OR_AGE);
            }
        }
        requireValid();
        return age != null ? tasks.clean(state, age) : tasks.clean(state, instant != null ? instant : Instant.EPOCH);
    }

    private long drain(QueueTaskOperations tasks) {
        boolean scheduled = flag("scheduled");
        requireValid();
        return tasks.drain(scheduled);
    }

    private long cancel(QueueTaskOperations tasks) {
        TaskCriteria which = unfinished(TaskState.SCHEDULED, TaskState.BLOCKED, TaskState.QUEUED, TaskState.RUNNING);
        requireValid();
        return tasks.cancel(which);
    }

    private long reroute(QueueTaskOperations tasks) {
        TaskCriteria which = unfinished(TaskState.SCHEDULED, TaskState.BLOCKED, TaskState.QUEUED);
        String queue = required("queue", "the name of the other queue");
        requireValid();
        try {
            return tasks.reroute(which, queue);
        } catch (NoSuchQueueException ex) {
            throw ex.queue().equals(queue) ? wrong("queue", ex) : ex;
        } catch (IllegalArgumentException ex) {
            throw wrong("queue", ex);
        }
    }

    private long reprioritise(QueueTaskOperations tasks) {
        TaskCriteria which = unfinished(TaskState.SCHEDULED, TaskState.BLOCKED, TaskState.QUEUED);
        int priority = priority();
        requireValid();
        try {
            return tasks.reprioritise(which, priority);
        } catch (IllegalArgumentException ex) {
            throw wrong("priority", ex);
        }
    }

    private long promoteDue(QueueTaskOperations tasks) {
        requireValid();
        return tasks.promoteDue();
    }

    private TaskCriteria which() {
        return TaskCriteria.ALL
                .task(this.given.get("task"))
                .from(instant("from"))
                .before(instant("before"));
    }

    private TaskCriteria unfinished(TaskState... possible) {
        TaskCriteria which = which();
        String text = this.given.get("state");
        if (text == null) {
            return which;
        }
        for (TaskState state : possible) {
            if (state.name().equalsIgnoreCase(text)) {
                return which.in(state);
            }
        }
        expected("state", text, Arrays.stream(possible).map(Enum::name).collect(Collectors.joining(", ")));
        return which;
    }

    private String required(String field, String what) {
        String text = this.given.get(field);
        if (text == null) {
            this.problems.add("'%s' is missing: give %s".formatted(field, what));
            return "";
        }
        return text;
    }

    private int priority() {
        String text = required("priority", "the new priority, such as 10");
        try {
            return text.isEmpty() ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException ex) {
            expected("priority", text, "a whole number");
            return 0;
        }
    }

    /** What is wrong with a value, which only the queue can tell. */
    private TaskRequestException wrong(String field, RuntimeException problem) {
        return TaskRequestException.invalid(
                "'%s' is '%s': %s".formatted(field, this.given.get(field), problem.getMessage()));
    }

    private int maxRequeues() {
        String text = required("maxRequeues", "how often it may be done with one task, such as 3");
        try {
            int value = text.isEmpty() ? 1 : Integer.parseInt(text);
            if (value >= 1) {
                return value;
            }
        } catch (NumberFormatException ex) {
            // Said below, with what is allowed.
        }
        expected("maxRequeues", text, "a whole number, 1 or more");
        return 1;
    }

    private TaskState endState() {
        String text = this.given.get("state");
        for (TaskState state : TaskState.values()) {
            if (state.isFinished() && state.name().equalsIgnoreCase(text)) {
                return state;
            }
        }
        if (text == null) {
            this.problems.add("'state' is missing: give the state in which tasks ended, such as succeeded");
        } else {
            expected("state", text, "succeeded, failed, cancelled or expired");
        }
        return TaskState.SUCCEEDED;
    }

    private static @Nullable Duration age(String text) {
        try {
            return SettingText.duration(text);
        } catch (IllegalArgumentException ex) {
            return null;
        }
    }

    private @Nullable Instant instant(String field) {
        String text = this.given.get(field);
        if (text == null) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException ex) {
            expected(
                    field,
                    text,
                    field.equals("olderThan") ? INSTANT_OR_AGE : "an instant, such as 2030-01-31T08:00:00Z");
            return null;
        }
    }

    private boolean flag(String field) {
        String text = this.given.getOrDefault(field, "false");
        if (!text.equals("true") && !text.equals("false")) {
            expected(field, text, "true or false");
        }
        return text.equals("true");
    }

    private void requireValid() {
        if (!this.problems.isEmpty()) {
            throw TaskRequestException.invalid(String.join("; ", this.problems));
        }
    }

    private void expected(String field, String text, String allowed) {
        this.problems.add("'%s' is '%s'; allowed: %s".formatted(field, text, allowed));
    }
}
