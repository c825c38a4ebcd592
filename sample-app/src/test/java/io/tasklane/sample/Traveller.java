package io.tasklane.sample;

import io.tasklane.Task;
import io.tasklane.TaskContext;
import io.tasklane.TaskHandle;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The task whose journey is followed. */
class Traveller {

    private final Journey journey;

    private final AtomicReference<@Nullable Seen> seen = new AtomicReference<>();

    Traveller(Journey journey) {
        this.journey = journey;
    }

    @Task(queue = "reports", priority = 7, retries = 2)
    @Transactional
    public TaskHandle<Arrival> travel(List<Stop> stops, LocalDate day) {
        TaskContext context = TaskContext.current();
        this.journey.pass("body");
        this.seen.set(new Seen(
                context.id().toString(),
                context.task(),
                context.queue(),
                context.attempt(),
                TransactionSynchronizationManager.isActualTransactionActive(),
                List.copyOf(stops)));
        return TaskHandle.of(new Arrival(stops.get(stops.size() - 1).name(), day));
    }

    @Nullable
    Seen seen() {
        return this.seen.get();
    }

    record Stop(String name, int minutes) {}

    record Arrival(String at, LocalDate day) {}

    /** What the body saw. */
    record Seen(String id, String task, String queue, int attempt, boolean transaction, List<Stop> stops) {}
}
