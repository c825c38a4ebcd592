package io.tasklane.store;

/**
 * Something that slows a store down, or is about to.
 *
 * @param problem short name of this kind of problem, for machines, such as {@code long-transaction}
 * @param where the session, table or host that it is about
 * @param what what is wrong there, and what that does to tasks
 * @param remedy what to do about it
 */
public record StoreFinding(String problem, String where, String what, String remedy) {}
