package io.tasklane.actuate.health;

import io.tasklane.actuate.CachedReading;
import io.tasklane.actuate.CachedReading.Limits;
import io.tasklane.store.StoreDoctor;
import io.tasklane.store.StoreFinding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** What all doctors of the store have found, examined at most once a minute and only when somebody asks. Thread-safe. */
public final class StoreFindings {

    /** Examined once a minute at most, 500 milliseconds of waiting, kept for 5 minutes. */
    public static final Limits LIMITS =
            new Limits(Duration.ofMinutes(1), Duration.ofMillis(500), Duration.ofMinutes(5));

    private static final Log logger = LogFactory.getLog(StoreFindings.class);

    private final List<StoreDoctor> doctors;

    private final CachedReading<List<StoreFinding>> reading;

    /**
     * Creates an empty cache.
     *
     * @param doctors who examines; may be none
     * @param executor runs the examination; asked for one at a time
     * @param nanoTime monotonic time in nanoseconds
     * @param limits for how long what holds
     */
    public StoreFindings(List<StoreDoctor> doctors, Executor executor, LongSupplier nanoTime, Limits limits) {
        this.doctors = List.copyOf(doctors);
        this.reading = new CachedReading<>(this::examine, "Cannot examine the task store", executor, nanoTime, limits);
    }

    /** Returns the findings of the last examination; empty if there are none, or none are known yet. */
    public List<StoreFinding> get() {
        return this.doctors.isEmpty() ? List.of() : this.reading.get().orElse(List.of());
    }

    private List<StoreFinding> examine() {
        List<StoreFinding> findings = new ArrayList<>();
        for (StoreDoctor doctor : this.doctors) {
            try {
                findings.addAll(doctor.examine());
            } catch (RuntimeException ex) {
                // That the database is away is the health's to tell.
                logger.debug("A doctor could not examine the task store", ex);
            }
        }
        return List.copyOf(findings);
    }
}
