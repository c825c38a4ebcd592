package io.tasklane.store;

/**
 * A lease as the store knows it.
 *
 * @param lease the lease
 * @param cancelled whether its task was cancelled and is to stop
 */
public record HeldLease(TaskLease lease, boolean cancelled) {}
