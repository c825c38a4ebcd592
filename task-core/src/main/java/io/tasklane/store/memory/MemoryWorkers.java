package io.tasklane.store.memory;

import io.tasklane.store.StoppedWork;
import io.tasklane.store.StoredWorker;
import io.tasklane.store.WorkerDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The workers. Not thread-safe. */
final class MemoryWorkers {

    private static final Duration DEAD_SHOWN_FOR = Duration.ofDays(1);

    private final TreeMap<Long, Member> members = new TreeMap<>();

    private long lastId;

    long join(WorkerDescription description, Instant now) {
        long id = ++this.lastId;
        this.members.put(id, new Member(id, description, now, now, null, StoppedWork.NONE));
        return id;
    }

    boolean heartbeat(long id, WorkerDescription description, Instant now) {
        Member member = this.members.get(id);
        if (member == null || member.deadAt() != null) {
            return false;
        }
        this.members.put(id, new Member(id, description, member.joinedAt(), now, null, member.stopped()));
        return true;
    }

    Optional<StoppedWork> stopped(long id) {
        Member member = this.members.get(id);
        return member == null || member.deadAt() != null ? Optional.empty() : Optional.of(member.stopped());
    }

    Optional<StoppedWork> stop(long id, UnaryOperator<StoppedWork> change) {
        Optional<StoppedWork> changed = stopped(id).map(change);
        changed.ifPresent(stopped -> this.members.computeIfPresent(id, (key, member) -> member.told(stopped)));
        return changed;
    }

    /** Whether some worker is told to stop something. */
    boolean anyStops() {
        return this.members.values().stream()
                .anyMatch(member -> member.deadAt() == null && !member.stopped().equals(StoppedWork.NONE));
    }

    boolean isAlive(long id) {
        Member member = this.members.get(id);
        return member != null && member.deadAt() == null;
    }

    /** Declares those dead that have not beaten since the given time; forgets those that have long been dead. */
    List<Long> bury(Instant since, Instant now) {
        List<Long> dead = new ArrayList<>();
        this.members.values().removeIf(member -> !member.isShown(now));
        for (Member member : List.copyOf(this.members.values())) {
            if (member.deadAt() == null && member.beatAt().isBefore(since)) {
                dead.add(member.id());
                this.members.put(member.id(), member.dead(now));
            }
        }
        return dead;
    }

    void leave(long id) {
        this.members.remove(id);
    }

    List<StoredWorker> all(Instant now) {
        return this.members.values().stream()
                .filter(member -> member.isShown(now))
                .map(Member::stored)
                .toList();
    }

    int consumers(String queue) {
        return (int) this.members.values().stream()
                .filter(member ->
                        member.deadAt() == null && member.description().queues().contains(queue))
                .count();
    }

    private record Member(
            long id,
            WorkerDescription description,
            Instant joinedAt,
            Instant beatAt,
            @Nullable Instant deadAt,
            StoppedWork stopped) {

        Member dead(Instant now) {
            return new Member(this.id, this.description, this.joinedAt, this.beatAt, now, this.stopped);
        }

        Member told(StoppedWork changed) {
            return new Member(this.id, this.description, this.joinedAt, this.beatAt, this.deadAt, changed);
        }

        boolean isShown(Instant now) {
            return this.deadAt == null || this.deadAt.isAfter(now.minus(DEAD_SHOWN_FOR));
        }

        StoredWorker stored() {
            return new StoredWorker(
                    this.id, this.description, this.joinedAt, this.beatAt, this.deadAt == null, this.stopped);
        }
    }
}
