package io.tasklane.store.memory;

import io.tasklane.QueueSetting;
import io.tasklane.RateLimit;
import io.tasklane.TaskError;
import io.tasklane.TaskId;
import io.tasklane.TaskQueue;
import io.tasklane.TaskState;
import io.tasklane.store.ClaimRequest;
import io.tasklane.store.ClaimShare;
import io.tasklane.store.HeldLease;
import io.tasklane.store.LeasedTask;
import io.tasklane.store.MayHaveRun;
import io.tasklane.store.PoisonGuard;
import io.tasklane.store.QueueClaim;
import io.tasklane.store.ReleasedTasks;
import io.tasklane.store.StoredAttempt;
import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskExchange;
import io.tasklane.store.TaskLease;
import io.tasklane.store.TaskLeases.PromotedTasks;
import io.tasklane.store.TaskLeases.TaskProbe;
import io.tasklane.store.TaskOutcome;
import io.tasklane.store.TaskProgress.LeaseState;
import io.tasklane.store.TokenBucket;
import io.tasklane.store.WorkerMembership.Recovery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Claiming, completing, promoting and recovering. Not thread-safe. */
final class MemoryLeases {

    private final MemoryTasks tasks;

    private final MemoryQueues queues;

    private final MemoryRateLimits rates;

    private final MemoryWorkers workers;

    MemoryLeases(MemoryTasks tasks, MemoryQueues queues, MemoryRateLimits rates, MemoryWorkers workers) {
        this.tasks = tasks;
        this.queues = queues;
        this.rates = rates;
        this.workers = workers;
    }

    TaskExchange exchange(long worker, List<TaskCompletion> completions, @Nullable ClaimRequest claim) {
        Set<TaskId> refused = new HashSet<>();
        boolean keysEnded = false;
        for (TaskCompletion completion : completions) {
            MemoryTask task = this.tasks.get(completion.lease().task());
            MemoryPlace.Running running = running(task, completion.lease());
            if (task != null && running != null && !running.completing()) {
                MemoryTask completed = completed(task, running, completion);
                keysEnded |= task.holdsKey() && !completed.holdsKey();
                this.tasks.put(completed);
            } else {
                refused.add(completion.lease().task());
            }
        }
        ReleasedTasks released = keysEnded ? releaseBlocked(Integer.MAX_VALUE) : ReleasedTasks.NONE;
        TaskExchange written = new TaskExchange(List.of(), refused, released);
        TaskExchange answer = claim != null && this.workers.isAlive(worker) ? claim(worker, claim, written) : written;
        return answer.claimed().stream().anyMatch(this::hasPassedItsKeyOn)
                ? answer.passingOn(releaseBlocked(Integer.MAX_VALUE))
                : answer;
    }

    private boolean hasPassedItsKeyOn(LeasedTask claimed) {
        MemoryTask task = this.tasks.get(claimed.lease().task());
        return task != null && task.needsKey();
    }

    ReleasedTasks releaseBlocked(int limit) {
        List<MemoryTask> next = this.tasks.keys().next(limit);
        Map<String, Integer> queues = new HashMap<>();
        for (MemoryTask task : next) {
            this.tasks.put(task.released(this.tasks.atTheBack()));
            queues.merge(task.task().queue(), 1, Integer::sum);
        }
        return new ReleasedTasks(queues, next.size() == limit);
    }

    boolean start(TaskLease lease) {
        MemoryTask task = this.tasks.get(lease.task());
        MemoryPlace.Running running = running(task, lease);
        if (task == null || running == null) {
            return false;
        }
        this.tasks.put(task.at(running.start()));
        return true;
    }

    @Nullable
    String payload(TaskLease lease) {
        MemoryTask task = this.tasks.get(lease.task());
        return task != null ? task.task().payload() : null;
    }

    private static MemoryPlace.@Nullable Running running(@Nullable MemoryTask task, TaskLease lease) {
        return task != null
                        && task.place() instanceof MemoryPlace.Running running
                        && running.lease().equals(lease)
                ? running
                : null;
    }

    /** Keeps a task for the transaction that completes it. Returns whether it is the worker's, and was not cancelled. */
    boolean keep(TaskLease lease) {
        MemoryTask task = this.tasks.get(lease.task());
        MemoryPlace.Running running = running(task, lease);
        if (task == null || running == null || running.completing() || running.cancelledAt() != null) {
            return false;
        }
        this.tasks.put(task.at(running.completing(true)));
        return true;
    }

    /** The transaction that kept a task is over; if it has not completed it, it runs on. */
    void free(TaskLease lease) {
        MemoryTask task = this.tasks.get(lease.task());
        MemoryPlace.Running running = running(task, lease);
        if (task != null && running != null) {
            this.tasks.put(task.at(running.completing(false)));
        }
    }

    LeaseState state(TaskLease lease) {
        MemoryTask task = this.tasks.get(lease.task());
        MemoryPlace.Running running = running(task, lease);
        if (running != null) {
            return running.completing() ? LeaseState.CHANGING : LeaseState.HELD;
        }
        return task != null
                        && task.place() instanceof MemoryPlace.Finished finished
                        && finished.state() == TaskState.SUCCEEDED
                        && Long.valueOf(lease.worker()).equals(finished.worker())
                ? LeaseState.SUCCEEDED
                : LeaseState.GONE;
    }

    List<HeldLease> of(long worker) {
        return this.tasks.running().stream()
                .map(task -> (MemoryPlace.Running) task.place())
                .filter(running -> running.lease().worker() == worker)
                .map(running -> new HeldLease(running.lease(), running.cancelledAt() != null))
                .toList();
    }

    TaskProbe probe(Collection<String> names, Set<String> excludedTasks) {
        Set<String> found = new HashSet<>();
        for (String queue : names) {
            if (this.queues.isOpen(queue)
                    && this.tasks.ready(queue).stream()
                            .anyMatch(
                                    task -> !excludedTasks.contains(task.task().task()))) {
                found.add(queue);
            }
        }
        boolean blocked = !this.tasks.keys().next(1).isEmpty();
        for (MemoryTask next : this.tasks.due()) {
            Duration untilDue = Duration.between(this.tasks.now(), ((MemoryPlace.Due) next.place()).runAt());
            return new TaskProbe(found, untilDue.isNegative() ? Duration.ZERO : untilDue, blocked);
        }
        return new TaskProbe(found, null, blocked);
    }

    PromotedTasks promoteDue(int limit) {
        Instant now = this.tasks.now();
        List<MemoryTask> due = this.tasks.due().stream()
                .filter(task -> !((MemoryPlace.Due) task.place()).runAt().isAfter(now))
                .limit(limit)
                .toList();
        Set<String> names = new HashSet<>();
        boolean blocked = false;
        for (MemoryTask task : due) {
            if (task.needsKey()) {
                blocked = true;
            } else {
                names.add(task.task().queue());
            }
            this.tasks.put(task.at(this.tasks.again(task)));
        }
        return new PromotedTasks(due.size(), names, blocked);
    }

    Recovery recover(Duration after, int maxRecoveries) {
        Instant now = this.tasks.now();
        List<Long> dead = this.workers.bury(now.minus(after), now);
        Set<String> names = new TreeSet<>();
        int putBack = 0;
        int failed = 0;
        int cancelled = 0;
        for (MemoryTask task : this.tasks.running()) {
            MemoryPlace.Running running = (MemoryPlace.Running) task.place();
            if (this.workers.isAlive(running.lease().worker()) || running.completing()) {
                continue;
            }
            MemoryPlace.Ready from = running.from();
            if (running.cancelledAt() != null) {
                Instant startedAt = running.ahead() && !running.started() ? null : running.claimedAt();
                this.tasks.put(task.attempted(
                                StoredAttempt.Outcome.LOST,
                                running.lease().worker(),
                                startedAt,
                                now,
                                running.started() ? MayHaveRun.WORKER_DIED : null)
                        .at(new MemoryPlace.Finished(
                                TaskState.CANCELLED, running.lease().worker(), startedAt, now, null)));
                cancelled++;
            } else if (running.started()) {
                this.tasks.put(failed(lost(task, running, now, MayHaveRun.WORKER_DIED), running, now));
                failed++;
            } else if (running.ahead() || task.recoveries() < maxRecoveries) {
                MemoryTask back = lost(task, running, now, null);
                boolean suspect = running.ahead()
                        || from.suspect()
                        || PoisonGuard.isSuspect(back.deaths(), back.recoveries(), maxRecoveries);
                this.tasks.put(back.at(new MemoryPlace.Ready(from.seq(), from.readyAt(), suspect)));
                names.add(task.task().queue());
                putBack++;
            } else {
                this.tasks.put(failed(
                        lost(task, running, now, PoisonGuard.diedTooOften(task.recoveries() + 1)), running, now));
                failed++;
            }
        }
        return new Recovery(dead, putBack, failed, cancelled, names, this.workers.anyStops());
    }

    private TaskExchange claim(long worker, ClaimRequest request, TaskExchange written) {
        List<LeasedTask> claimed = new ArrayList<>();
        Map<String, Duration> limited = new HashMap<>();
        Map<String, Duration> later = new HashMap<>();
        for (QueueClaim queue : request.queues()) {
            String name = queue.queue();
            RateLimit rate = this.queues.rateLimit(name);
            if (!this.queues.isOpen(name) || (rate != null && !queue.limited())) {
                continue;
            }
            TokenBucket bucket = rate != null ? this.queues.bucket(name, rate) : null;
            ClaimShare share = ClaimShare.of(request, queue, claimed.size());
            share = share.atMost(left(queue));
            if (bucket != null) {
                share = share.within(bucket);
            }
            List<LeasedTask> got = claim(worker, request, name, share, claimed);
            claimed.addAll(got);
            if (rate != null && bucket != null) {
                TokenBucket left = bucket.without(got.size());
                this.queues.setBucket(name, left);
                put(limited, name, share.untilNext(rate, left, got.size()));
            }
            if (got.size() < share.limit()) {
                boolean cut = got.stream().anyMatch(task -> !this.rates.mayStart(task.task()));
                put(limited, name, cut ? Duration.ZERO : null);
                put(later, name, untilNext(name, request));
            }
        }
        return new TaskExchange(claimed, written.refused(), written.released(), limited, later);
    }

    private static void put(Map<String, Duration> waits, String queue, @Nullable Duration wait) {
        if (wait != null) {
            waits.put(queue, wait);
        }
    }

    /** How long it takes until a task of this queue may start that may not now, because of the limit of its name. */
    private @Nullable Duration untilNext(String queue, ClaimRequest request) {
        Duration next = null;
        for (MemoryTask task : this.tasks.ready(queue)) {
            String name = task.task().task();
            Duration wait =
                    this.rates.isLimited(name) && !request.excludedTasks().contains(name)
                            ? this.rates.untilNext(name)
                            : null;
            next = wait != null && (next == null || wait.compareTo(next) < 0) ? wait : next;
        }
        return next;
    }

    private List<LeasedTask> claim(
            long worker, ClaimRequest request, String queue, ClaimShare share, List<LeasedTask> before) {
        List<LeasedTask> claimed = new ArrayList<>();
        Instant now = this.tasks.now();
        boolean suspects = request.suspect() && before.stream().noneMatch(LeasedTask::suspect);
        List<MemoryTask> found = this.tasks.ready(queue).stream()
                .filter(task -> !request.excludedTasks().contains(task.task().task()))
                .filter(task -> this.rates.mayStart(task.task().task()))
                .filter(task -> suspects || !isSuspect(task))
                .limit(share.limit())
                .toList();
        for (MemoryTask task : found) {
            MemoryPlace.Ready ready = (MemoryPlace.Ready) task.place();
            if ((ready.suspect() && !claimed.isEmpty())
                    || !this.rates.mayStart(task.task().task())) {
                continue;
            }
            this.rates.take(task.task().task());
            TaskLease lease = new TaskLease(task.id(), worker, request.token());
            boolean ahead = claimed.size() >= share.free() && !ready.suspect();
            this.tasks.put(task.at(new MemoryPlace.Running(lease, ready, now, ahead, false, null, false)));
            claimed.add(leased(task, lease, ready, now));
        }
        return claimed;
    }

    /** How many tasks may be claimed, so that not too many run at once. */
    private int left(QueueClaim claim) {
        TaskQueue queue = this.queues.get(claim.queue());
        Integer most = queue != null ? queue.settings().get(QueueSetting.MAX_RUNNING) : null;
        if (most == null) {
            return Integer.MAX_VALUE;
        }
        long running = this.tasks.running().stream()
                .filter(task -> task.task().queue().equals(claim.queue()))
                .count();
        return claim.limited() ? (int) Math.max(0, most - running) : 0;
    }

    private static boolean isSuspect(MemoryTask task) {
        return task.place() instanceof MemoryPlace.Ready ready && ready.suspect();
    }

    private MemoryTask completed(MemoryTask task, MemoryPlace.Running running, TaskCompletion completion) {
        long worker = running.lease().worker();
        Instant startedAt =
                running.started() && completion.startedAt() == null ? running.claimedAt() : completion.startedAt();
        Instant finishedAt = completion.finishedAt() != null ? completion.finishedAt() : this.tasks.now();
        if (running.cancelledAt() != null || completion.outcome() instanceof TaskOutcome.Cancelled) {
            MemoryTask attempted = startedAt == null
                    ? task
                    : task.attempted(StoredAttempt.Outcome.CANCELLED, worker, startedAt, finishedAt, null);
            return attempted.at(new MemoryPlace.Finished(TaskState.CANCELLED, worker, startedAt, finishedAt, null));
        }
        TaskOutcome outcome = running.started() ? ofStarted(completion.outcome()) : completion.outcome();
        if (outcome instanceof TaskOutcome.Succeeded succeeded) {
            return task.at(
                    new MemoryPlace.Finished(TaskState.SUCCEEDED, worker, startedAt, finishedAt, succeeded.result()));
        }
        if (outcome instanceof TaskOutcome.Failed failed) {
            return task.attempted(StoredAttempt.Outcome.FAILED, worker, startedAt, finishedAt, failed.error())
                    .at(new MemoryPlace.Finished(TaskState.FAILED, worker, startedAt, finishedAt, null));
        }
        if (outcome instanceof TaskOutcome.Retried retried) {
            return task.attempted(StoredAttempt.Outcome.RETRIED, worker, startedAt, finishedAt, retried.error())
                    .counted(task.retriesUsed() + 1, task.recoveries(), null)
                    .at(this.tasks.after(retried.delay()));
        }
        if (outcome instanceof TaskOutcome.Postponed postponed) {
            Instant since = task.unreadableSince() != null ? task.unreadableSince() : this.tasks.now();
            return task.attempted(StoredAttempt.Outcome.POSTPONED, worker, startedAt, finishedAt, postponed.error())
                    .counted(task.retriesUsed(), task.recoveries(), since)
                    .at(this.tasks.after(postponed.delay()));
        }
        int recoveries = ((TaskOutcome.Released) outcome).recovery() ? 1 : 0;
        if (startedAt == null && recoveries == 0) {
            return task.at(running.from());
        }
        return task.attempted(StoredAttempt.Outcome.RELEASED, worker, startedAt, finishedAt, null)
                .counted(task.retriesUsed(), task.recoveries() + recoveries, task.unreadableSince())
                .at(running.from());
    }

    /** What becomes of a task that may start only once, and has: it never goes back. */
    private static TaskOutcome ofStarted(TaskOutcome outcome) {
        if (outcome instanceof TaskOutcome.Retried retried) {
            return new TaskOutcome.Failed(retried.error());
        }
        if (outcome instanceof TaskOutcome.Postponed postponed) {
            return new TaskOutcome.Failed(postponed.error());
        }
        return outcome instanceof TaskOutcome.Released ? new TaskOutcome.Failed(MayHaveRun.GIVEN_BACK) : outcome;
    }

    private static MemoryTask failed(MemoryTask task, MemoryPlace.Running running, Instant now) {
        return task.at(
                new MemoryPlace.Finished(TaskState.FAILED, running.lease().worker(), running.claimedAt(), now, null));
    }

    private static MemoryTask lost(
            MemoryTask task, MemoryPlace.Running running, Instant now, @Nullable TaskError error) {
        boolean ahead = running.ahead() && !running.started();
        Instant startedAt = ahead ? null : running.claimedAt();
        int recoveries = task.recoveries() + (ahead ? 0 : 1);
        return task.attempted(StoredAttempt.Outcome.LOST, running.lease().worker(), startedAt, now, error)
                .counted(task.retriesUsed(), recoveries, task.unreadableSince());
    }

    private static LeasedTask leased(MemoryTask task, TaskLease lease, MemoryPlace.Ready ready, Instant claimedAt) {
        return new LeasedTask(
                lease,
                task.task().task(),
                task.task().queue(),
                task.priority(),
                ready.seq(),
                task.task().retries(),
                task.retriesUsed(),
                task.recoveries(),
                task.task().payload(),
                task.task().version(),
                task.task().headers(),
                ready.readyAt(),
                claimedAt,
                task.unreadableSince(),
                ready.suspect(),
                task.task().key() != null);
    }
}
