package io.tasklane.store;

import io.tasklane.TaskId;

/**
 * Temporary ownership of one task by one worker. Every write after the claim names it; a write with a lease that is no
 * longer the current one changes nothing.
 *
 * @param task the task
 * @param worker id of the worker, never used twice
 * @param token number of the claim, unique per worker
 */
public record TaskLease(TaskId task, long worker, long token) {}
