package io.tasklane.client;

import io.tasklane.TaskException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Asks again and again, after 10 ms at first and up to a second later on. */
final class PollingWait {

    private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long LONGEST = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;

    private final Pause pause;

    PollingWait(LongSupplier nanoTime, Pause pause) {
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    /** A wait by the JVM's monotonic clock. */
    static PollingWait monotonic() {
        return new PollingWait(System::nanoTime, nanos -> {
            // Nobody counts it down: a wait that can be interrupted and does not wake by itself.
            boolean never = new CountDownLatch(1).await(nanos, TimeUnit.NANOSECONDS);
            assert !never;
        });
    }

    /**
     * Asks until the answer is yes or the time is over. Asks at least once.
     *
     * @return whether the answer was yes
     * @throws TaskException if the thread is interrupted, which stays marked so
     */
    boolean until(BooleanSupplier question, Duration timeout) {
        long start = this.nanoTime.getAsLong();
        long limit = nanos(timeout);
        long step = FIRST;
        while (!question.getAsBoolean()) {
            long left = limit - (this.nanoTime.getAsLong() - start);
            if (left <= 0) {
                return false;
            }
            pause(Math.min(step, left));
            step = Math.min(step * 2, LONGEST);
        }
        return true;
    }

    private void pause(long nanos) {
        try {
            this.pause.await(nanos);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new TaskException("Interrupted while waiting for a task; the task goes on", ex);
        }
    }

    private static long nanos(Duration timeout) {
        if (timeout.isNegative()) {
            return 0;
        }
        return timeout.compareTo(Duration.ofDays(365)) > 0 ? Long.MAX_VALUE : timeout.toNanos();
    }

    /** Lets time pass. */
    @FunctionalInterface
    interface Pause {

        void await(long nanos) throws InterruptedException;
    }
}
