package io.tasklane.autoconfigure.host;

/** The business of a host: places orders, and has each confirmed by a task in the same transaction. */
public interface Orders {

    /** Writes the order and calls the task. */
    void place(String name);

    /** Does the same, then fails. */
    void placeAndFail(String name);

    /** Counts the written orders. */
    long count();

    /** Why {@link #placeAndFail} fails. */
    class CardRefused extends RuntimeException {}
}
