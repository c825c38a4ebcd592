package io.tasklane.annotation;

import io.tasklane.handler.KeyExpression;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.support.SimpleEvaluationContext;

/** A key as a SpEL expression, which reads the arguments and nothing else. */
final class SpelKeyExpression implements KeyExpression {

    private final SpelExpression expression;

    SpelKeyExpression(SpelExpression expression) {
        this.expression = expression;
    }

    @Override
    public @Nullable Object evaluate(Map<String, @Nullable Object> arguments) {
        SimpleEvaluationContext context = SimpleEvaluationContext.forReadOnlyDataBinding()
                .withInstanceMethods()
                .build();
        arguments.forEach(context::setVariable);
        return this.expression.getValue(context);
    }

    @Override
    public String toString() {
        return this.expression.getExpressionString();
    }
}
