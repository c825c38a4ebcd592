package io.tasklane.client;

import io.tasklane.QueueSpec;
import io.tasklane.TaskPayloadException;
import io.tasklane.TaskRequest;
import io.tasklane.handler.RegisteredTask;
import io.tasklane.handler.TaskDefinition;
import io.tasklane.handler.TaskHandlerRegistry;
import io.tasklane.handler.TaskOverride;
import io.tasklane.handler.TaskParameter;
import io.tasklane.handler.TaskRouting;
import io.tasklane.queue.QueueRegistry;
import io.tasklane.serializer.TaskSerializer;
import io.tasklane.store.NewTask;
import io.tasklane.store.TaskKey;
import io.tasklane.store.TaskWriter;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Decides everything about a task before it is written: call before override before route before annotation before queue before
 * defaults. Writes nothing, so that a mistake of the caller leaves no trace.
 */
public final class TaskPreparation {

    private static final int FIRST_VERSION = 1;

    private final TaskWriter ids;

    private final QueueRegistry queues;

    private final TaskHandlerRegistry handlers;

    private final TaskSerializer serializer;

    private final TaskRouting routing;

    private final PriorityLimits limits;

    /**
     * Creates the step.
     *
     * @param ids gives ids
     * @param queues the queues, with defaults behind them
     * @param handlers the tasks that this application knows
     * @param serializer writes payloads
     * @param routing what stands between a call and an annotation
     */
    public TaskPreparation(
            TaskWriter ids,
            QueueRegistry queues,
            TaskHandlerRegistry handlers,
            TaskSerializer serializer,
            TaskRouting routing) {
        this.ids = ids;
        this.queues = queues;
        this.handlers = handlers;
        this.serializer = serializer;
        this.routing = routing;
        this.limits = new PriorityLimits(queues);
    }

    /** Prepares a call of a task method. */
    TaskDraft prepare(TaskDefinition definition, @Nullable Object[] arguments, CallOptions options) {
        CallOptions decided = behind(
                options,
                definition,
                () -> options.request(definition.name(), definition.version(), named(definition, arguments)));
        TaskKey key =
                CallKeys.key(definition, decided.concurrencyKey(), queue(decided), () -> named(definition, arguments));
        return prepare(
                definition.name(),
                definition.version(),
                decided,
                key,
                () -> this.serializer.write(definition.name(), definition.parameters(), arguments));
    }

    /** Prepares a task given by name; what the request says wins over the options. */
    TaskDraft prepare(TaskRequest request, CallOptions options) {
        CallOptions own = new CallOptions(
                        request.queue(),
                        request.priority(),
                        request.retries(),
                        request.delay(),
                        request.runAt(),
                        request.concurrencyKey())
                .over(options);
        TaskDefinition definition = this.handlers
                .find(request.task())
                .map(RegisteredTask::definition)
                .orElse(null);
        int version = request.version() != null
                ? request.version()
                : definition != null ? definition.version() : FIRST_VERSION;
        if (definition == null) {
            CallOptions decided =
                    behind(own, request.task(), () -> own.request(request.task(), version, request.arguments()));
            TaskKey key = CallKeys.key(request.task(), decided.concurrencyKey());
            return prepare(request.task(), version, decided, key, () -> writeUnknown(request));
        }
        CallOptions decided =
                behind(own, definition, () -> own.request(definition.name(), version, request.arguments()));
        return prepare(
                request.task(),
                version,
                decided,
                CallKeys.key(definition, decided.concurrencyKey(), queue(decided), request::arguments),
                () -> version == definition.version() ? writeKnown(definition, request) : writeUnknown(request));
    }

    private CallOptions behind(CallOptions call, TaskDefinition definition, Supplier<TaskRequest> request) {
        if (definition.startsOnce() && call.retries() != null && call.retries() > 0) {
            throw new IllegalArgumentException(
                    ("Task '%s' starts at most once (completion = BEFORE_RUN), but this call asks for %d retries;"
                                    + " leave them out")
                            .formatted(definition.name(), call.retries()));
        }
        return behind(call, definition.name(), request)
                .over(new CallOptions(
                        definition.queue(),
                        definition.priority(),
                        definition.retries(),
                        definition.delay(),
                        null,
                        null));
    }

    private CallOptions behind(CallOptions call, String task, Supplier<TaskRequest> request) {
        TaskOverride decided = this.routing.decide(task, request);
        return decided.equals(TaskOverride.NONE)
                ? call
                : call.over(new CallOptions(
                        decided.queue(), decided.priority(), decided.retries(), decided.delay(), null, null));
    }

    private static Map<String, @Nullable Object> named(TaskDefinition definition, @Nullable Object[] arguments) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            TaskParameter parameter = definition.parameters().get(i);
            if (!parameter.injected()) {
                named.put(parameter.name(), arguments[i]);
            }
        }
        return named;
    }

    private TaskDraft prepare(
            String task, int version, CallOptions decided, @Nullable TaskKey key, Supplier<String> payload) {
        String named = queue(decided);
        // A name that cannot exist needs no look in the database.
        String queue = this.queues
                .find(named)
                .orElseGet(() -> this.queues.require(QueueSpec.requireValidName(named)))
                .name();
        Duration delay = decided.delay();
        return new TaskDraft(
                task,
                queue,
                headers -> new NewTask(
                        this.ids.newId(),
                        task,
                        queue,
                        this.limits.apply(task, queue, this.queues.priority(decided.priority(), queue)),
                        this.queues.retries(decided.retries(), queue),
                        payload.get(),
                        version,
                        headers,
                        delay != null && delay.isZero() ? null : delay,
                        decided.runAt(),
                        key));
    }

    private static String queue(CallOptions decided) {
        return decided.queue() != null ? decided.queue() : QueueSpec.DEFAULT;
    }

    /** Of parameters that are not known here, or not in this version. */
    private String writeUnknown(TaskRequest request) {
        return this.serializer.write(request.task(), request.arguments());
    }

    /** Writes by declared type what is of that type, and by its own type what only converts to it, such as int to long. */
    private String writeKnown(TaskDefinition definition, TaskRequest request) {
        List<TaskParameter> given = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        request.arguments().forEach((name, value) -> {
            TaskParameter parameter = parameter(definition, name);
            Type type = fits(parameter.type(), value) ? parameter.type() : value.getClass();
            given.add(new TaskParameter(name, type, false));
            values.add(value);
        });
        return this.serializer.write(request.task(), given, values.toArray());
    }

    private static boolean fits(Type declared, @Nullable Object value) {
        Class<?> raw = ResolvableType.forType(declared).resolve(Object.class);
        return value == null || ClassUtils.isAssignableValue(raw, value);
    }

    private static TaskParameter parameter(TaskDefinition definition, String name) {
        List<String> names = new ArrayList<>();
        for (TaskParameter parameter : definition.parameters()) {
            if (!parameter.injected()) {
                if (parameter.name().equals(name)) {
                    return parameter;
                }
                names.add(parameter.name());
            }
        }
        throw new TaskPayloadException("Task '%s' has no parameter '%s'; its parameters are: %s"
                .formatted(definition.name(), name, names.isEmpty() ? "none" : String.join(", ", names)));
    }
}
