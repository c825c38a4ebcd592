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
    ONCE("once");

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
        return this == FLAKY ? 1 : 0;
    }
}
