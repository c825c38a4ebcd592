package io.tasklane.benchmark.chaos.worker;

/** Kinds of tasks in a run, each by the name of its task. */
public enum TaskKind {

    /** A few milliseconds of work. */
    PLAIN("plain"),

    /** As short as can be, so that workers claim ahead. */
    QUICK("quick"),

    /** Of several priorities, in a queue that is never claimed ahead. */
    ORDERED("ordered"),

    /** Seconds of work: in flight whenever something happens. */
    SLOW("slow"),

    /** Not due at once. */
    DELAYED("plain"),

    /** Its first attempt fails. */
    FLAKY("plain"),

    /** Its body starts at most once: {@code completion = BEFORE_RUN}. */
    ONCE("once"),

    /** One at a time of a key, in the order of their numbers. */
    KEYED("keyed"),

    /** Has an effect, and completes in its transaction: {@code completion = IN_TRANSACTION}. Some work for seconds. */
    BOOKED("booked"),

    /** The same without any work, and with a child that is enqueued in the transaction. */
    FANOUT("fanout"),

    /** The same, but its first attempt fails when effect and child are written. */
    UNDONE("fanout"),

    /** The child of another one, whose number is that of its parent with a minus. */
    CHILD("plain");

    private final String queue;

    TaskKind(String queue) {
        this.queue = queue;
    }

    /** Returns the queue of these tasks. */
    public String queue() {
        return this.queue;
    }

    /** Returns how often an attempt of such a task fails by itself. */
    public int failures() {
        return this == FLAKY || this == UNDONE ? 1 : 0;
    }

    /** Whether such a task has an effect, written in the transaction in which it completes. */
    public boolean isInTransaction() {
        return this == BOOKED || hasChild();
    }

    /** Whether such a task enqueues a child in its transaction. */
    public boolean hasChild() {
        return this == FANOUT || this == UNDONE;
    }
}
