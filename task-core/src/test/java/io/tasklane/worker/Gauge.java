package io.tasklane.worker;

import io.tasklane.handler.TaskHandler;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A body that waits until it is let go, and counts how many do so at once. */
final class Gauge {

    private final AtomicInteger running = new AtomicInteger();

    private final AtomicInteger most = new AtomicInteger();

    private final CountDownLatch gate = new CountDownLatch(1);

    TaskHandler body() {
        return invocation -> {
            this.most.accumulateAndGet(this.running.incrementAndGet(), Math::max);
            try {
                if (!this.gate.await(30, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("nobody opened the gate");
                }
                return null;
            } finally {
                this.running.decrementAndGet();
            }
        };
    }

    int running() {
        return this.running.get();
    }

    int most() {
        return this.most.get();
    }

    void open() {
        this.gate.countDown();
    }
}
