package io.tasklane.store.memory;

import io.tasklane.store.StoredWorker;
import io.tasklane.store.WorkerDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The workers. Not thread-safe. */
final class MemoryWorkers {

    private static final Duration DEAD_SHOWN_FOR = Duration.ofDays(1);

    private final TreeMap<Long, StoredWorker> workers = new TreeMap<>();

    private long lastId;

    long join(WorkerDescription description, Instant now) {
        long id = ++this.lastId;
        this.workers.put(id, new StoredWorker(id, description, now, now, true));
        return id;
    }

    boolean heartbeat(long id, WorkerDescription description, Instant now) {
        StoredWorker worker = this.workers.get(id);
        if (worker == null || !worker.alive()) {
            return false;
        }
        this.workers.put(id, new StoredWorker(id, description, worker.startedAt(), now, true));
        return true;
    }

    boolean isAlive(long id) {
        StoredWorker worker = this.workers.get(id);
        return worker != null && worker.alive();
    }

    /** Declares those dead that have not beaten since the given time; forgets those that have long been dead. */
    List<Long> bury(Instant since, Instant now) {
        List<Long> dead = new ArrayList<>();
        this.workers
                .values()
                .removeIf(worker -> !worker.alive() && worker.heartbeatAt().isBefore(now.minus(DEAD_SHOWN_FOR)));
        for (StoredWorker worker : List.copyOf(this.workers.values())) {
            if (worker.alive() && worker.heartbeatAt().isBefore(since)) {
                dead.add(worker.id());
                this.workers.put(
                        worker.id(),
                        new StoredWorker(
                                worker.id(), worker.description(), worker.startedAt(), worker.heartbeatAt(), false));
            }
        }
        return dead;
    }

    void leave(long id) {
        this.workers.remove(id);
    }

    List<StoredWorker> all() {
        return List.copyOf(this.workers.values());
    }

    int consumers(String queue) {
        return (int) this.workers.values().stream()
                .filter(worker ->
                        worker.alive() && worker.description().queues().contains(queue))
                .count();
    }
}
