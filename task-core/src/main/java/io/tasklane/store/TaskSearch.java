package io.tasklane.store;

/** Finding tasks by filter, page by page: what operators need from a store. Reads committed tasks only. */
public interface TaskSearch {

    /**
     * Returns one page of tasks: QUEUED in the order of execution, SCHEDULED by due time, all other states newest first.
     *
     * @param filter which tasks
     * @param page which page
     * @return the page
     */
    TaskPage find(TaskFilter filter, TaskPageRequest page);
}
