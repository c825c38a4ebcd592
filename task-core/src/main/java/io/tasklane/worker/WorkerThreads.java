package io.tasklane.worker;

/** What kind of threads tasks run on. */
public enum WorkerThreads {

    /** Pooled platform threads. */
    PLATFORM,

    /** One virtual thread per task; needs Java 21. */
    VIRTUAL;

    /**
     * Checks that this JVM has such threads.
     *
     * @param where what asks for them, for the message
     * @throws IllegalArgumentException if it has not
     */
    void requireSupported(String where) {
        int version = Runtime.version().feature();
        if (this == VIRTUAL && version < 21) {
            throw new IllegalArgumentException(
                    "%s asks for virtual threads, which need Java 21 or later; this is Java %d. Use 'platform'"
                            .formatted(where, version));
        }
    }
}
