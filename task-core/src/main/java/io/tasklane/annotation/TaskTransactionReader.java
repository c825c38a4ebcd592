package io.tasklane.annotation;

import io.tasklane.handler.TaskTransaction;
import java.lang.reflect.Method;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.util.StringValueResolver;

/**
 * Reads what a method that completes in a transaction says of its own transaction, by Spring's rules; it has to join the one
 * that the worker opens.
 */
final class TaskTransactionReader {

    private static final String REMOVE =
            "Remove @Transactional, as the worker opens a transaction round the method, or let it join that one";

    private final AnnotationTransactionAttributeSource attributes = new AnnotationTransactionAttributeSource(false);

    TaskTransactionReader(StringValueResolver placeholders) {
        this.attributes.setEmbeddedValueResolver(placeholders);
    }

    TaskTransaction read(Method method, Class<?> beanClass, TaskMethodFindings findings) {
        TransactionAttribute attribute = this.attributes.getTransactionAttribute(method, beanClass);
        if (attribute == null) {
            return TaskTransaction.DEFAULT;
        }
        String separate = switch (attribute.getPropagationBehavior()) {
            case TransactionDefinition.PROPAGATION_REQUIRES_NEW -> "REQUIRES_NEW";
            case TransactionDefinition.PROPAGATION_NOT_SUPPORTED -> "NOT_SUPPORTED";
            case TransactionDefinition.PROPAGATION_NEVER -> "NEVER";
            default -> "";
        };
        if (!separate.isEmpty()) {
            findings.problem(
                    ("with completion = IN_TRANSACTION the body must run in the transaction in which the task completes,"
                                    + " but @Transactional(propagation = %s) does not let it")
                            .formatted(separate),
                    REMOVE);
        }
        if (attribute.isReadOnly()) {
            findings.problem(
                    "with completion = IN_TRANSACTION the task completes in the transaction of its body, but"
                            + " @Transactional(readOnly = true) lets nothing be written",
                    "Remove readOnly");
        }
        String manager = attribute.getQualifier();
        return new TaskTransaction(
                attribute.getIsolationLevel(), attribute.getTimeout(), manager != null ? manager : "");
    }
}
