package io.tasklane;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which workers run the tasks of a queue: those of whose tags any is matched, in full, by any of these regular expressions.
 * {@code *} alone matches every worker; no expression at all matches none. Every worker has the tags {@code hostname=…},
 * {@code worker_id=…}, {@code java=…}, {@code arch=…} and {@code os=…}, and those that it is given by {@code tasklane.worker.tags}.
 * Immutable; order and duplicates do not count.
 */
public final class WorkerTags {

    /** Matches every worker, and is a tag of every worker. */
    public static final String ANY = "*";

    /** What an expression has to be, in words. */
    static final String ALLOWED =
            "at most 50 regular expressions of RE2 with 1 to 200 characters, none of them a comma or a control character";

    private static final int MOST = 50;

    private static final int LONGEST = 200;

    private final List<String> expressions;

    private final List<NamePattern> patterns;

    private WorkerTags(Collection<String> expressions) {
        SortedSet<String> distinct = new TreeSet<>();
        List<NamePattern> compiled = new ArrayList<>();
        for (String given : expressions) {
            String expression = given.strip();
            if (distinct.add(expression) && !expression.equals(ANY)) {
                compiled.add(compiled(expression));
            }
        }
        if (distinct.size() > MOST) {
            throw new InvalidQueueSettingException("tags", distinct, ALLOWED);
        }
        this.expressions = List.copyOf(distinct);
        this.patterns = List.copyOf(compiled);
    }

    /**
     * Creates a selection of workers.
     *
     * @param expressions regular expressions, such as {@code has=gpu} or {@code java=21\..*}; none for no worker at all
     * @throws InvalidQueueSettingException if one is none, is too long, or has a comma
     */
    public static WorkerTags of(String... expressions) {
        return of(List.of(expressions));
    }

    /**
     * Creates a selection of workers.
     *
     * @param expressions regular expressions; empty for no worker at all
     * @throws InvalidQueueSettingException if one is none, is too long, or has a comma
     */
    public static WorkerTags of(Collection<String> expressions) {
        return new WorkerTags(expressions);
    }

    /**
     * Reads what {@link #toText} has written.
     *
     * @throws InvalidQueueSettingException if an expression is none, or too long
     */
    public static WorkerTags parse(String text) {
        return text.isBlank() ? of() : of(text.split(",", -1));
    }

    private static NamePattern compiled(String expression) {
        if (expression.isEmpty()
                || expression.length() > LONGEST
                || expression.chars().anyMatch(character -> character == ',' || Character.isISOControl(character))) {
            throw new InvalidQueueSettingException("tags", "'" + expression + "'", ALLOWED);
        }
        try {
            return NamePattern.regex(expression);
        } catch (IllegalArgumentException ex) {
            throw new InvalidQueueSettingException(
                    "tags", "'" + expression + "'", "%s (%s)".formatted(ALLOWED, ex.getMessage()));
        }
    }

    /** Whether a worker with these tags is meant. */
    public boolean match(Collection<String> tags) {
        return this.expressions.contains(ANY)
                || this.patterns.stream().anyMatch(pattern -> tags.stream().anyMatch(pattern::matches));
    }

    /** The expressions, sorted. */
    public List<String> expressions() {
        return this.expressions;
    }

    /** The expressions, sorted and separated by commas; empty without any. */
    public String toText() {
        return String.join(",", this.expressions);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WorkerTags tags && tags.expressions.equals(this.expressions);
    }

    @Override
    public int hashCode() {
        return this.expressions.hashCode();
    }

    /** The expressions as {@code [has=gpu, os=Linux]}. */
    @Override
    public String toString() {
        return this.expressions.toString();
    }
}
