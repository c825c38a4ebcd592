package io.tasklane.annotation;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the rules find about one method of one class: problems, which are refused, and warnings. */
final class TaskMethodFindings {

    private final Method method;

    private final Class<?> beanClass;

    private final List<Finding> problems = new ArrayList<>();

    private final List<String> warnings = new ArrayList<>();

    TaskMethodFindings(Method method, Class<?> beanClass) {
        this.method = method;
        this.beanClass = beanClass;
    }

    void problem(String problem, String action) {
        this.problems.add(new Finding(problem, action));
    }

    void warning(String warning) {
        this.warnings.add(warning);
    }

    boolean isEmpty() {
        return this.problems.isEmpty();
    }

    List<String> warnings() {
        return this.warnings;
    }

    List<TaskMethodProblem> problems(@Nullable String bean) {
        return this.problems.stream()
                .map(finding -> at(bean, finding.problem(), finding.action()))
                .toList();
    }

    TaskMethodProblem at(@Nullable String bean, String problem, String action) {
        return new TaskMethodProblem(bean, this.beanClass.getName(), signature(), problem, action);
    }

    /** Class and method, for messages. */
    String source() {
        return this.beanClass.getName() + "." + signature();
    }

    private String signature() {
        return Arrays.stream(this.method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", this.method.getName() + "(", ")"));
    }

    private record Finding(String problem, String action) {}
}
