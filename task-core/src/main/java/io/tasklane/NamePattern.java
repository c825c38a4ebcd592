package io.tasklane;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A pattern that a whole name has to match. Matching takes time in proportion to the length of the name, whatever the pattern:
 * none can be written that takes for ever. Immutable.
 */
public final class NamePattern {

    /** Counts multiply if they are nested, and an expression is written out as often as they say. */
    private static final Pattern COUNT = Pattern.compile("\\{([0-9]+)(?:,([0-9]*))?\\}");

    private static final long MOST_REPETITIONS = 1_000;

    private final String text;

    private final Pattern pattern;

    private NamePattern(String text, String expression) {
        this.text = text;
        this.pattern = Pattern.compile(expression, Pattern.DOTALL);
    }

    /**
     * Creates a pattern of a name in which {@code *} stands for any number of characters, none included, and {@code ?} for one.
     * Anything else stands for itself.
     *
     * @param glob the name, such as {@code Mailer.*}
     */
    public static NamePattern glob(String glob) {
        StringBuilder expression = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char character = glob.charAt(i);
            switch (character) {
                case '*' -> expression.append(".*");
                case '?' -> expression.append('.');
                default -> expression.append(Pattern.quote(String.valueOf(character)));
            }
        }
        return new NamePattern(glob, expression.toString());
    }

    /**
     * Creates a pattern from a regular expression of RE2: that of Java without look-around and back-references.
     *
     * @param expression the expression
     * @throws IllegalArgumentException if it is none, or its counts such as {@code x{2}} say more than 1000 when multiplied
     */
    public static NamePattern regex(String expression) {
        if (repetitions(expression) > MOST_REPETITIONS) {
            throw new IllegalArgumentException("'%s' repeats more than %d times, all its counts multiplied"
                    .formatted(expression, MOST_REPETITIONS));
        }
        try {
            return new NamePattern(expression, expression);
        } catch (PatternSyntaxException ex) {
            throw new IllegalArgumentException(
                    "'%s' is no regular expression of RE2, which has no look-around and no back-references: %s"
                            .formatted(expression, ex.getMessage()),
                    ex);
        }
    }

    private static long repetitions(String expression) {
        long product = 1;
        Matcher counts = COUNT.matcher(expression);
        while (counts.find() && product <= MOST_REPETITIONS) {
            product *= Math.max(1, Math.max(count(counts.group(1)), count(counts.group(2))));
        }
        return product;
    }

    private static long count(@Nullable String digits) {
        return digits == null || digits.isEmpty() ? 0 : Long.parseLong(digits.length() > 9 ? "999999999" : digits);
    }

    /** Whether the whole name matches. */
    public boolean matches(String name) {
        return this.pattern.matches(name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NamePattern pattern && pattern.pattern.equals(this.pattern);
    }

    @Override
    public int hashCode() {
        return this.pattern.hashCode();
    }

    /** The pattern as it was given. */
    @Override
    public String toString() {
        return this.text;
    }
}
