package io.tasklane.store;

import java.time.Instant;

/**
 * A worker as stored.
 *
 * @param id its id
 * @param description who it is
 * @param startedAt when it joined
 * @param heartbeatAt its last heartbeat
 * @param alive false if it was declared dead
 */
public record StoredWorker(
        long id, WorkerDescription description, Instant startedAt, Instant heartbeatAt, boolean alive) {}
