package io.tasklane;

/**
 * Id of a task: decimal as text, a string in JSON. Ids tell nothing about the order of execution.
 *
 * @param value positive
 */
public record TaskId(long value) implements Comparable<TaskId> {

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public TaskId {
        if (value <= 0) {
            throw new IllegalArgumentException("A task id is a positive number, not " + value);
        }
    }

    /**
     * Reads an id from its text.
     *
     * @param text decimal digits
     * @throws IllegalArgumentException if the text is no positive number
     */
    public static TaskId of(String text) {
        try {
            return new TaskId(Long.parseLong(text));
        } catch (NumberFormatException ex) {
            throw new IllegalArgumentException("A task id is a positive number, not '" + text + "'", ex);
        }
    }

    @Override
    public int compareTo(TaskId other) {
        return Long.compare(this.value, other.value);
    }

    /** The decimal digits. */
    @Override
    public String toString() {
        return Long.toString(this.value);
    }
}
