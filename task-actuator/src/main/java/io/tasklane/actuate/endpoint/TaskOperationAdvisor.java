package io.tasklane.actuate.endpoint;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameter;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;

/**
 * Refuses what a web request gives and an operation that changes something does not know, which Spring Boot would drop without
 * a word; and writes what is wrong with a request into the response, where Spring Boot would write only the status.
 */
public final class TaskOperationAdvisor implements OperationInvokerAdvisor {

    private static final Set<EndpointId> ENDPOINTS =
            Set.of(EndpointId.of(TaskQueuesEndpoint.ID), EndpointId.of(TaskWorkersEndpoint.ID));

    @Override
    public OperationInvoker apply(
            EndpointId endpoint, OperationType type, OperationParameters parameters, OperationInvoker invoker) {
        if (!ENDPOINTS.contains(endpoint) || type == OperationType.READ) {
            return invoker;
        }
        Set<String> known = parameters.stream().map(OperationParameter::getName).collect(Collectors.toSet());
        return context -> invoke(context, known, invoker);
    }

    private static @Nullable Object invoke(InvocationContext context, Set<String> known, OperationInvoker invoker) {
        // Elsewhere arguments that are left out are null, and an exception tells what is wrong.
        if (!context.canResolve(WebServerNamespace.class)) {
            return invoker.invoke(context);
        }
        try {
            check(context.getArguments(), known);
            return invoker.invoke(context);
        } catch (InvalidEndpointRequestException ex) {
            int status = ex instanceof TaskRequestException refused
                    ? refused.status()
                    : WebEndpointResponse.STATUS_BAD_REQUEST;
            return new WebEndpointResponse<>(new Refusal(String.valueOf(ex.getReason())), status);
        }
    }

    private static void check(Map<String, Object> arguments, Set<String> known) {
        Set<String> unknown = new TreeSet<>(arguments.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw TaskRequestException.invalid("Unknown: %s; known: %s"
                    .formatted(String.join(", ", unknown), String.join(", ", new TreeSet<>(known))));
        }
        for (String name : known) {
            if (arguments.containsKey(name)) {
                checkValue(name, arguments.get(name));
            }
        }
    }

    private static void checkValue(String name, @Nullable Object value) {
        if (value == null) {
            throw TaskRequestException.invalid(
                    "'%s' is null: leave it out to keep it, or give \"none\" to lift it".formatted(name));
        }
        if (!(value instanceof String)) {
            throw TaskRequestException.invalid("'%s' is given more than once".formatted(name));
        }
    }

    /**
     * Why a request was refused.
     *
     * @param error what is wrong with it, and what to do
     */
    public record Refusal(String error) {}
}
