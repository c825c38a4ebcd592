package io.tasklane.store.schema;

/** Interrupts a start that waits when the JVM is told to end: Spring's own shutdown hook waits for the start, however long it takes. */
final class InterruptAtExit implements AutoCloseable {

    private final Thread hook;

    private volatile boolean exiting;

    /** Interrupts the calling thread, unless it is closed before. */
    InterruptAtExit() {
        Thread waiting = Thread.currentThread();
        this.hook = new Thread(
                () -> {
                    this.exiting = true;
                    waiting.interrupt();
                },
                "tasklane-exit");
        try {
            Runtime.getRuntime().addShutdownHook(this.hook);
        } catch (IllegalStateException ex) {
            // The JVM ends already.
            this.exiting = true;
        }
    }

    /** Whether the JVM was told to end. */
    boolean isExiting() {
        return this.exiting;
    }

    @Override
    public void close() {
        if (this.exiting) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(this.hook);
        } catch (IllegalStateException ex) {
            // The JVM ends, and the interrupt is on its way.
            this.exiting = true;
        }
    }
}
