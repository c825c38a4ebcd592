package io.tasklane.handler;

/**
 * A task that this application can run.
 *
 * @param definition what it is
 * @param handler what runs it
 */
public record RegisteredTask(TaskDefinition definition, TaskHandler handler) {}
