package io.tasklane.worker;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Time that moves only when a test says so. */
final class ManualTicker implements Ticker {

    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);

    private final Set<Thread> parked = ConcurrentHashMap.newKeySet();

    void advance(Duration duration) {
        this.nanos.addAndGet(duration.toNanos());
        this.parked.forEach(LockSupport::unpark);
    }

    @Override
    public long nanoTime() {
        return this.nanos.get();
    }

    @Override
    public void park(Object blocker, long time) {
        this.parked.add(Thread.currentThread());
        LockSupport.park(blocker);
    }
}
