package io.tasklane.annotation;

import io.tasklane.annotation.TaskAttributes.KeyAttributes;
import io.tasklane.handler.TaskKeying;
import io.tasklane.handler.TaskParameter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.BeanReference;
import org.springframework.expression.spel.ast.ConstructorReference;
import org.springframework.expression.spel.ast.TypeReference;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/** Reads how the tasks of a method get their keys, and notes what can never work. */
final class TaskKeyReader {

    private static final String ELEMENT = "#this";

    private final SpelExpressionParser parser = new SpelExpressionParser();

    TaskKeying read(KeyAttributes key, List<TaskParameter> parameters, TaskMethodFindings findings) {
        String attribute = key.fair() ? "fairKey" : "concurrencyKey";
        SpelExpression expression = key.expression().isEmpty() ? null : parse(attribute, key.expression(), findings);
        if (expression != null) {
            check(attribute, expression, parameters, findings);
        }
        return new TaskKeying(
                expression != null ? new SpelKeyExpression(expression) : null,
                key.group(),
                key.limit(),
                key.skipsWaiting(),
                key.fair());
    }

    private @Nullable SpelExpression parse(String attribute, String text, TaskMethodFindings findings) {
        try {
            return this.parser.parseRaw(text);
        } catch (ParseException | IllegalStateException ex) {
            findings.problem(
                    "%s '%s' is no expression: %s".formatted(attribute, text, ex.getMessage()),
                    "Write a SpEL expression over the parameters, such as #orderId");
            return null;
        }
    }

    private static void check(
            String attribute, SpelExpression expression, List<TaskParameter> parameters, TaskMethodFindings findings) {
        Set<String> known = parameters.stream()
                .filter(parameter -> !parameter.injected())
                .map(parameter -> "#" + parameter.name())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> unknown = new TreeSet<>();
        Set<String> beyond = new TreeSet<>();
        look(expression.getAST(), known, unknown, beyond);
        String text = expression.getExpressionString();
        if (!unknown.isEmpty()) {
            findings.problem(
                    "%s '%s' names %s, which is no parameter that is stored"
                            .formatted(attribute, text, String.join(", ", unknown)),
                    known.isEmpty()
                            ? "Give the method a parameter to take the key from"
                            : "Use " + String.join(", ", known));
        }
        if (!beyond.isEmpty()) {
            findings.problem(
                    "%s '%s' uses %s, but sees nothing but the arguments"
                            .formatted(attribute, text, String.join(", ", beyond)),
                    "Use parameters, their properties and their methods; or give the key with the call");
        }
    }

    private static void look(SpelNode node, Set<String> known, Set<String> unknown, Set<String> beyond) {
        String text = node.toStringAST();
        if (node instanceof VariableReference && !known.contains(text) && !text.equals(ELEMENT)) {
            unknown.add(text);
        }
        if (node instanceof TypeReference || node instanceof BeanReference || node instanceof ConstructorReference) {
            beyond.add(text);
        }
        for (int i = 0; i < node.getChildCount(); i++) {
            look(node.getChild(i), known, unknown, beyond);
        }
    }
}
