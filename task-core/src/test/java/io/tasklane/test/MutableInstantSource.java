package io.tasklane.test;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Source of the current instant that moves only when a test says so. It may be shared between threads.
 *
 * @since 0.1.0
 */
public final class MutableInstantSource implements InstantSource {

    private final AtomicReference<Instant> current;

    /** Start at an arbitrary, fixed instant with no fraction of a second. */
    public MutableInstantSource() {
        this(Instant.parse("2026-01-01T00:00:00Z"));
    }

    /** Start at the given instant. */
    public MutableInstantSource(Instant start) {
        this.current = new AtomicReference<>(requireNonNull(start, "start"));
    }

    @Override
    public Instant instant() {
        return this.current.get();
    }

    /** Go to the given instant, which may lie in the past. */
    public void set(Instant instant) {
        this.current.set(requireNonNull(instant, "instant"));
    }

    /** Go forward by the given duration, or back by a negative one, and return the new instant. */
    public Instant advance(Duration duration) {
        return this.current.updateAndGet(instant -> instant.plus(duration));
    }

    @Override
    public String toString() {
        return "MutableInstantSource[" + this.current.get() + "]";
    }
}
