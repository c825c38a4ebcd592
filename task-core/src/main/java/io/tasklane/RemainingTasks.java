package io.tasklane;

/** What becomes of the tasks of a queue that is deleted. */
public enum RemainingTasks {

    /**
     * They stay. Tasks that run go on, and end as ever; those that wait are not claimed, and go on when a queue of the same
     * name is declared again.
     */
    KEEP,

    /**
     * They are deleted too, for good: those that wait and those that have ended, with their results and errors. Refused while
     * any of them runs.
     */
    DELETE
}
