package io.tasklane.store.frozen;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement as a release sends it, with its values as literals, and what it brings.
 *
 * @param sql the statement, {@code COMMIT} or {@code ROLLBACK}
 * @param effect {@code updated n}, {@code no rows}, or one line for each row: {@code column=value | column=value}
 */
record FrozenStatement(String sql, List<String> effect) {

    static final String BETWEEN_VALUES = " | ";

    /** A value that differs from run to run. */
    static final String ANY = "*";

    private static final String EFFECT = "--> ";

    private static final String REMARK = "-- ";

    FrozenStatement {
        effect = List.copyOf(effect);
    }

    /** Reads a script: statements, each followed by its effect, with remarks between them. */
    static List<FrozenStatement> parse(List<String> lines) {
        List<FrozenStatement> statements = new ArrayList<>();
        List<String> sql = new ArrayList<>();
        List<String> effect = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith(EFFECT)) {
                effect.add(line.substring(EFFECT.length()));
                continue;
            }
            if (!effect.isEmpty()) {
                statements.add(new FrozenStatement(String.join("\n", sql), effect));
                sql.clear();
                effect.clear();
            }
            if (!line.isEmpty() && !line.startsWith(REMARK)) {
                sql.add(line);
            }
        }
        statements.add(new FrozenStatement(String.join("\n", sql), effect));
        return statements;
    }

    /** Whether it ends a transaction. */
    boolean isEnd() {
        return this.sql.equals("COMMIT") || this.sql.equals("ROLLBACK");
    }

    /** Whether the rows have an order. */
    boolean isOrdered() {
        return this.sql.lastIndexOf("ORDER BY") > this.sql.lastIndexOf(')');
    }

    String format() {
        StringBuilder text = new StringBuilder(this.sql).append('\n');
        this.effect.forEach(line -> text.append(EFFECT).append(line).append('\n'));
        return text.toString();
    }

    static String remark(String text) {
        return "\n" + REMARK + text + "\n";
    }
}
