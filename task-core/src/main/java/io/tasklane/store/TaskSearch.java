package io.tasklane.store;

/** Finding tasks by filter, page by page: what operators need from a store. Reads committed tasks only. */
public interface TaskSearch {

    /**
     * Returns one page of tasks, in the order of {@link TaskPosition}: RUNNING newest first, QUEUED by queue in the order of
     * execution, SCHEDULED by due time, then those that have ended, newest first.
     *
     * @param filter which tasks; a queue or task that does not exist has none
     * @param page which page
     * @return the page
     * @throws IllegalArgumentException if the cursor is none, or belongs to another filter
     */
    TaskPage find(TaskFilter filter, TaskPageRequest page);
}
