package io.tasklane.actuate.endpoint;

/**
 * What an operation on the tasks of a queue did.
 *
 * @param operation its name
 * @param tasks number of tasks
 * @param dryRun whether they were only counted
 */
public record QueueOperationDescriptor(String operation, long tasks, boolean dryRun) {}
