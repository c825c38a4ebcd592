package io.tasklane.annotation;

import io.tasklane.Completion;
import io.tasklane.handler.TaskDefinition;
import io.tasklane.handler.TaskParameter;
import io.tasklane.handler.TaskRouting;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodClassKey;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringValueResolver;

/** Reads definitions from {@code @Task}, also where it is a meta-annotation. Keeps what it has read as long as it lives. */
public final class AnnotationTaskDefinitionSource implements TaskDefinitionSource {

    private final Map<MethodClassKey, TaskMethodExamination> examined = new ConcurrentHashMap<>();

    private final TaskRouting routing;

    private final TaskAttributeReader attributes;

    private final TaskTransactionReader transactions;

    private final TaskParameterReader parameters = new TaskParameterReader();

    private final TaskKeyReader keys = new TaskKeyReader();

    /**
     * Creates a source.
     *
     * @param placeholders resolves placeholders in attributes, such as {@code beanFactory::resolveEmbeddedValue}
     * @param routing what the configuration says in front of the annotations
     */
    public AnnotationTaskDefinitionSource(StringValueResolver placeholders, TaskRouting routing) {
        this.routing = routing;
        this.attributes = new TaskAttributeReader(placeholders);
        this.transactions = new TaskTransactionReader(placeholders);
    }

    @Override
    public TaskDefinition definition(Method method, Class<?> beanClass) {
        TaskMethodExamination examination = examine(method, beanClass);
        if (!examination.findings().isEmpty()) {
            throw new InvalidTaskMethodsException(examination.findings().problems(null));
        }
        return examination.definition();
    }

    /** Reads and checks a task method. */
    TaskMethodExamination examine(Method method, Class<?> beanClass) {
        MethodClassKey key = new MethodClassKey(method, beanClass);
        TaskMethodExamination known = this.examined.get(key);
        if (known != null) {
            return known;
        }
        Class<?> userClass = ClassUtils.getUserClass(beanClass);
        Method specific = AopUtils.getMostSpecificMethod(method, userClass);
        MethodClassKey specificKey = new MethodClassKey(specific, userClass);
        TaskMethodExamination examination =
                this.examined.computeIfAbsent(specificKey, created -> read(specific, userClass));
        this.examined.put(key, examination);
        return examination;
    }

    private TaskMethodExamination read(Method method, Class<?> beanClass) {
        TaskMethodFindings findings = new TaskMethodFindings(method, beanClass);
        TaskMethodRules.check(method, beanClass, findings);
        TaskAttributes read = this.attributes.read(method, beanClass, findings);
        List<TaskParameter> parameters = this.parameters.parameters(method, beanClass, findings);
        Type result = this.parameters.result(method, beanClass, findings);
        TaskDefinition definition = new TaskDefinition(
                read.name(),
                read.aliases(),
                read.version(),
                read.queue(),
                read.priority(),
                read.retries(),
                read.backoff(),
                read.failures(),
                read.delay(),
                read.timeout(),
                read.rateLimit(),
                read.completion(),
                read.completion() == Completion.IN_TRANSACTION
                        ? this.transactions.read(method, beanClass, findings)
                        : null,
                parameters,
                result,
                findings.source(),
                this.keys.read(read.key(), parameters, findings));
        return new TaskMethodExamination(method, definition.with(this.routing.configured(definition.name())), findings);
    }
}
