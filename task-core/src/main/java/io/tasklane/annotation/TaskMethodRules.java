package io.tasklane.annotation;

import io.tasklane.TaskHandle;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** What a method must and must not be so that a proxy can take its calls. */
final class TaskMethodRules {

    private static final List<String> SECURITY = List.of(
            "org.springframework.security.access.prepost.PreAuthorize",
            "org.springframework.security.access.prepost.PostAuthorize",
            "org.springframework.security.access.prepost.PreFilter",
            "org.springframework.security.access.prepost.PostFilter",
            "org.springframework.security.access.annotation.Secured",
            "jakarta.annotation.security.RolesAllowed",
            "jakarta.annotation.security.DenyAll");

    private static final String ENTERPRISE_ASYNC = "jakarta.enterprise.concurrent.Asynchronous";

    private TaskMethodRules() {}

    static void check(Method method, Class<?> beanClass, TaskMethodFindings findings) {
        checkModifiers(method, beanClass, findings);
        MergedAnnotations onMethod = annotations(method);
        MergedAnnotations onClass = annotations(beanClass);
        if (isAsync(onMethod) || isAsync(onClass)) {
            findings.problem(
                    "@Async on the same method would enqueue the task again on another thread, for ever",
                    "Remove @Async: a task runs in the background anyway");
        }
        for (String security : SECURITY) {
            if (onMethod.isPresent(security) || onClass.isPresent(security)) {
                findings.problem(
                        "@%s cannot be checked when the task runs, as the caller's identity is not stored with it"
                                .formatted(security.substring(security.lastIndexOf('.') + 1)),
                        "Secure the method that calls the task instead");
            }
        }
        checkListener(method, onMethod, findings);
        if (onMethod.isPresent(Scheduled.class)) {
            findings.warning("@Scheduled on a task method enqueues a task at each trigger on every node");
        }
    }

    private static void checkModifiers(Method method, Class<?> beanClass, TaskMethodFindings findings) {
        int modifiers = method.getModifiers();
        if (Modifier.isPrivate(modifiers)) {
            findings.problem("the method is private, so that a proxy cannot take its calls", "Make it public");
        }
        if (Modifier.isStatic(modifiers)) {
            findings.problem(
                    "the method is static, so that a proxy cannot take its calls", "Make it an instance method");
        }
        if (Modifier.isFinal(modifiers)) {
            findings.problem("the method is final, so that a proxy cannot take its calls", "Remove 'final'");
        }
        if (Modifier.isFinal(beanClass.getModifiers())) {
            findings.problem(
                    "the class is final, so that it cannot be proxied",
                    beanClass.isRecord() ? "Make it a class instead of a record" : "Remove 'final' from the class");
        }
    }

    private static void checkListener(Method method, MergedAnnotations onMethod, TaskMethodFindings findings) {
        if (onMethod.isPresent(EventListener.class) && method.getReturnType() != void.class) {
            findings.problem(
                    "an @EventListener's return value is published as an event, and %s is none"
                            .formatted(TaskHandle.class.getSimpleName()),
                    "Return void");
        }
        MergedAnnotation<TransactionalEventListener> transactional = onMethod.get(TransactionalEventListener.class);
        if (transactional.isPresent()
                && transactional.getEnum("phase", TransactionPhase.class) != TransactionPhase.BEFORE_COMMIT) {
            findings.warning(
                    "@TransactionalEventListener in phase %s enqueues in a transaction of its own: a crash between"
                                    .formatted(transactional.getEnum("phase", TransactionPhase.class))
                            + " the two commits loses the task. Use phase BEFORE_COMMIT or @EventListener, which enqueue in the"
                            + " transaction that published the event");
        }
    }

    private static boolean isAsync(MergedAnnotations annotations) {
        return annotations.isPresent(Async.class) || annotations.isPresent(ENTERPRISE_ASYNC);
    }

    private static MergedAnnotations annotations(AnnotatedElement element) {
        return MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY);
    }
}
