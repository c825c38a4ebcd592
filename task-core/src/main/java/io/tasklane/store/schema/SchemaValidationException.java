package io.tasklane.store.schema;

import io.tasklane.TaskException;
import java.util.List;

/**
 * The tables are not those that this version of Tasklane needs, and it is not allowed to change them.
 *
 * @since 0.1.0
 */
public class SchemaValidationException extends TaskException {

    private final String historyTable;

    private final List<String> missing;

    private final List<String> problems;

    /**
     * Creates the exception.
     *
     * @param historyTable table in which the applied migrations stand
     * @param missing migrations that have not been applied, such as {@code V1__Tasks.sql}
     * @param problems anything else that does not fit
     */
    public SchemaValidationException(String historyTable, List<String> missing, List<String> problems) {
        super(message(historyTable, missing, problems));
        this.historyTable = historyTable;
        this.missing = List.copyOf(missing);
        this.problems = List.copyOf(problems);
    }

    private static String message(String historyTable, List<String> missing, List<String> problems) {
        StringBuilder message = new StringBuilder("The tables of Tasklane are not up to date (history in ")
                .append(historyTable)
                .append(").");
        if (!missing.isEmpty()) {
            message.append(" Missing: ").append(String.join(", ", missing)).append('.');
        }
        problems.forEach(problem -> message.append(' ').append(problem));
        return message.append(" Apply the scripts, or let Tasklane do it with tasklane.schema.mode=migrate")
                .toString();
    }

    /** Table in which the applied migrations stand. */
    public String historyTable() {
        return this.historyTable;
    }

    /** Names of the migrations that have not been applied. */
    public List<String> missing() {
        return this.missing;
    }

    /** Anything else that does not fit, such as a script that was changed. */
    public List<String> problems() {
        return this.problems;
    }
}
