package io.tasklane.worker;

import java.util.concurrent.locks.LockSupport;

/** Time inside the JVM: monotonic, and for tests to control. */
interface Ticker {

    /** The JVM's. */
    Ticker SYSTEM = new Ticker() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void park(Object blocker, long nanos) {
            LockSupport.parkNanos(blocker, nanos);
        }
    };

    /** Nanoseconds since an arbitrary moment. */
    long nanoTime();

    /** Waits at most this long; returns early when the thread is unparked, and may do so for no reason. */
    void park(Object blocker, long nanos);
}
