package io.tasklane.benchmark.chaos.audit;

/**
 * What a task has written in the transaction in which it completed.
 *
 * @param run id of the run that wrote it
 * @param number number of the task
 * @param writtenNanos when, before the commit, on the monotonic clock of the machine
 */
record Effect(String run, long number, long writtenNanos) {}
