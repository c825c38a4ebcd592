package io.tasklane.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A worker as stored.
 *
 * @param id its id
 * @param description who it is
 * @param startedAt when it joined
 * @param heartbeatAt its last heartbeat
 * @param alive false if it was declared dead
 * @param stopped what it is told not to do
 */
public record StoredWorker(
        long id,
        WorkerDescription description,
        Instant startedAt,
        Instant heartbeatAt,
        boolean alive,
        StoppedWork stopped) {

    /** A worker of which nothing is stopped. */
    public StoredWorker(long id, WorkerDescription description, Instant startedAt, Instant heartbeatAt, boolean alive) {
        this(id, description, startedAt, heartbeatAt, alive, StoppedWork.NONE);
    }

    /** All its tags, the one with its id included. */
    public List<String> tags() {
        List<String> tags = new ArrayList<>(this.description.tags());
        tags.add("worker_id=" + this.id);
        return tags;
    }
}
