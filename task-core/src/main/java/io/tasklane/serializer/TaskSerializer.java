package io.tasklane.serializer;

import io.tasklane.handler.TaskParameter;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Payload format. May be registered as a bean to replace JSON by Jackson. Types come from the declared parameters alone:
 * nothing in a payload ever chooses a class.
 */
public interface TaskSerializer {

    /**
     * Writes the arguments of a task that this application knows, by their declared types.
     *
     * @param task name of the task, for messages
     * @param parameters the declared parameters; injected ones are left out
     * @param arguments one value per parameter
     * @return the payload
     * @throws io.tasklane.TaskPayloadException if an argument cannot be written or the payload is too large; names task and
     *     parameter
     */
    String write(String task, List<TaskParameter> parameters, @Nullable Object[] arguments);

    /**
     * Writes arguments given by name, by their run-time types.
     *
     * @param task name of the task, for messages
     * @param arguments values by parameter name
     * @return the payload
     * @throws io.tasklane.TaskPayloadException as above
     */
    String write(String task, Map<String, @Nullable Object> arguments);

    /**
     * Reads arguments by the declared types. A name missing in the payload reads as null, or the default of a primitive
     * type; an unknown name is ignored.
     *
     * @param task name of the task, for messages
     * @param parameters the declared parameters
     * @param payload the stored payload
     * @return one value per parameter, null in the place of an injected one
     * @throws io.tasklane.TaskPayloadException if the payload cannot be read by these types
     */
    @Nullable
    Object[] read(String task, List<TaskParameter> parameters, String payload);

    /**
     * Reads arguments without types: text, whole numbers, {@code BigDecimal}, booleans, lists, maps by text, null.
     *
     * @param task name of the task, for messages
     * @param payload the stored payload
     * @return values by parameter name; they, and what they contain, may be changed
     * @throws io.tasklane.TaskPayloadException if the payload cannot be read
     */
    Map<String, @Nullable Object> read(String task, String payload);

    /**
     * Writes the result of a task.
     *
     * @param task name of the task, for messages
     * @param type declared type
     * @param result the value; may be null
     * @return the text to store
     * @throws io.tasklane.TaskPayloadException if it cannot be written or is too large
     */
    String writeResult(String task, Type type, @Nullable Object result);

    /**
     * Reads the result of a task.
     *
     * @param task name of the task, for messages
     * @param type declared type, {@code Object.class} where this application does not know the task
     * @param result the stored text
     * @return the value
     * @throws io.tasklane.TaskPayloadException if it cannot be read by this type
     */
    @Nullable
    Object readResult(String task, Type type, String result);

    /**
     * Says why values of a type cannot be stored and read back, so that a start-up can refuse it.
     *
     * @param type declared type of a parameter, or of a result
     * @return what is wrong and what to do, without a full stop; null if nothing is known to be wrong
     */
    default @Nullable String problem(Type type) {
        return null;
    }
}
