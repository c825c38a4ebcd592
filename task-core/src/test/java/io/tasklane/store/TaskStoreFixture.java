package io.tasklane.store;

import io.tasklane.TaskError;
import io.tasklane.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A store with the steps that tests of it repeat: tasks to insert, and workers that claim and complete. Thread-safe if the
 * store is.
 *
 * @since 0.1.0
 */
public final class TaskStoreFixture {

    /** Error that failing attempts report. */
    public static final TaskError ERROR = new TaskError("java.lang.IllegalStateException", "boom", "at Mailer.send");

    private final TaskStore store;

    private final AtomicLong tokens = new AtomicLong();

    public TaskStoreFixture(TaskStore store) {
        this.store = store;
    }

    /** Starts the description of a task {@code Mailer.send} in the queue {@code default}. */
    public TaskBuilder task() {
        return new TaskBuilder();
    }

    /** Inserts a task {@code Mailer.send} of priority 0 into a queue. */
    public TaskId insert(String queue) {
        return task().queue(queue).insert();
    }

    /** Adds a worker that consumes these queues. */
    public long join(String... queues) {
        return this.store.join(new WorkerDescription("shop", "node-1", 4711, List.of(queues), 10, 0));
    }

    /** Says that a worker is alive. */
    public boolean heartbeat(long worker) {
        return this.store.heartbeat(worker, new WorkerDescription("shop", "node-1", 4711, List.of("default"), 10, 0));
    }

    /** Claims at most so many tasks from these queues. */
    public List<LeasedTask> claim(long worker, int limit, String... queues) {
        return claimWithout(worker, Set.of(), limit, queues);
    }

    /** Claims at most so many tasks from these queues, passing by some names of tasks. */
    public List<LeasedTask> claimWithout(long worker, Set<String> excluded, int limit, String... queues) {
        return exchange(worker, excluded, limit, false, queues).claimed();
    }

    /** The same from queues that are known to be limited, with all of the answer. */
    public TaskExchange exchange(long worker, int limit, String... queues) {
        return exchange(worker, Set.of(), limit, true, queues);
    }

    /** Reads the queues, as a node does when it starts. */
    public void knowsLimits() {
        this.store.queues();
    }

    /** Claims from queues that are known to be limited. */
    public List<LeasedTask> claimLimited(long worker, int limit, String... queues) {
        return exchange(worker, limit, queues).claimed();
    }

    private TaskExchange exchange(long worker, Set<String> excluded, int limit, boolean limited, String... queues) {
        List<QueueClaim> claims = new ArrayList<>();
        for (String queue : queues) {
            claims.add(new QueueClaim(queue, limit, limit, limited));
        }
        ClaimRequest request = new ClaimRequest(claims, limit, this.tokens.incrementAndGet(), excluded);
        return this.store.exchange(worker, List.of(), request);
    }

    /**
     * Claims from the queue {@code default}, some of it ahead.
     *
     * @param free for how many a slot is free
     * @param suspect whether the first may be a suspect
     */
    public List<LeasedTask> claimAhead(long worker, int limit, int free, boolean suspect) {
        List<QueueClaim> claims = List.of(new QueueClaim("default", limit, free));
        ClaimRequest request = new ClaimRequest(claims, limit, free, this.tokens.incrementAndGet(), Set.of(), suspect);
        return this.store.exchange(worker, List.of(), request).claimed();
    }

    /** Claims the one task that is there. */
    public LeasedTask claimOne(long worker, String queue) {
        List<LeasedTask> claimed = claim(worker, 10, queue);
        if (claimed.size() != 1) {
            throw new AssertionError("Expected one task in " + queue + ", claimed " + claimed);
        }
        return claimed.get(0);
    }

    /** Writes the outcome of an attempt, as the worker that claimed it; returns the refused ids. */
    public Set<TaskId> complete(LeasedTask task, TaskOutcome outcome) {
        return complete(task.lease(), task.claimedAt(), outcome);
    }

    /** Writes the outcome of an attempt and claims from the queue {@code default}, in one go. */
    public List<LeasedTask> completeAndClaim(LeasedTask task, TaskOutcome outcome) {
        TaskCompletion completion = task.completion(task.claimedAt(), task.claimedAt(), outcome);
        ClaimRequest claim =
                new ClaimRequest(List.of(new QueueClaim("default", 10)), 10, this.tokens.incrementAndGet(), Set.of());
        return this.store
                .exchange(task.lease().worker(), List.of(completion), claim)
                .claimed();
    }

    /** Writes the outcome of an attempt under any lease; returns the refused ids. */
    public Set<TaskId> complete(TaskLease lease, Instant at, TaskOutcome outcome) {
        TaskCompletion completion = new TaskCompletion(lease, at, at.plusMillis(5), outcome);
        return this.store.exchange(lease.worker(), List.of(completion), null).refused();
    }

    /** A task in the making. */
    public final class TaskBuilder {

        private String name = "Mailer.send";

        private String queue = "default";

        private int priority;

        private int retries = 3;

        private String payload = "{\"userId\":42}";

        private int version = 1;

        private Map<String, String> headers = Map.of();

        private @Nullable Duration delay;

        private @Nullable Instant runAt;

        private @Nullable TaskKey key;

        private TaskBuilder() {}

        public TaskBuilder name(String value) {
            this.name = value;
            return this;
        }

        public TaskBuilder queue(String value) {
            this.queue = value;
            return this;
        }

        public TaskBuilder priority(int value) {
            this.priority = value;
            return this;
        }

        public TaskBuilder retries(int value) {
            this.retries = value;
            return this;
        }

        public TaskBuilder payload(String value) {
            this.payload = value;
            return this;
        }

        public TaskBuilder version(int value) {
            this.version = value;
            return this;
        }

        public TaskBuilder headers(Map<String, String> value) {
            this.headers = value;
            return this;
        }

        public TaskBuilder delay(Duration value) {
            this.delay = value;
            return this;
        }

        public TaskBuilder runAt(Instant value) {
            this.runAt = value;
            return this;
        }

        public TaskBuilder key(String name, int limit) {
            return key(new TaskKey(name, limit, TaskKey.Hold.UNTIL_ENDED));
        }

        public TaskBuilder key(TaskKey value) {
            this.key = value;
            return this;
        }

        /** Takes a new id for it. */
        public NewTask build() {
            return new NewTask(
                    TaskStoreFixture.this.store.newId(),
                    this.name,
                    this.queue,
                    this.priority,
                    this.retries,
                    this.payload,
                    this.version,
                    this.headers,
                    this.delay,
                    this.runAt,
                    this.key);
        }

        /** Inserts it. */
        public TaskId insert() {
            NewTask task = build();
            TaskStoreFixture.this.store.insert(List.of(task), committed -> {});
            return task.id();
        }
    }
}
