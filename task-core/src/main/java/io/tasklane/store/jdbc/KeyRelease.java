package io.tasklane.store.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes BLOCKED tasks claimable whose key has room. What is to be looked at says so in the tables: blocked tasks that nobody has
 * looked at, and holds that were ended. One transaction at a time does this, under a lock that no transaction of the host ever
 * takes; so the order within a key holds, and so does its limit.
 */
final class KeyRelease {

    /** So many tasks of one key at once; what is left of it is gone on with. */
    private static final int OF_EACH_KEY = 20;

    private final SqlSession session;

    private final TaskSqlDialect sql;

    private final int limit;

    /**
     * Creates it.
     *
     * @param limit most holds and most tasks to look at
     */
    KeyRelease(SqlSession session, int limit) {
        this.session = session;
        this.sql = session.dialect();
        this.limit = limit;
    }

    /** Releases, after whoever is at it. */
    Released run() throws SQLException {
        this.session.list(this.sql.lockKeys(), row -> row.integer("id"));
        return release();
    }

    /** Releases unless somebody else is at it, who may not see what this transaction has ended. */
    Released tryRun() throws SQLException {
        return this.session
                        .list(this.sql.tryLockKeys(), row -> row.integer("id"))
                        .isEmpty()
                ? new Released(Map.of(), true)
                : release();
    }

    private Released release() throws SQLException {
        List<EndedHold> ended = this.session.list(
                this.sql.selectEndedHolds(),
                row -> new EndedHold(row.number("id"), row.number("task_id"), row.text("concurrency_key")),
                this.limit);
        List<BlockedRow> fresh = this.session.list(this.sql.selectFreshBlocked(), BlockedRow::read, this.limit);
        if (ended.isEmpty() && fresh.isEmpty()) {
            return Released.NOTHING;
        }
        Map<String, KeyQueue> keys = new TreeMap<>();
        ended.forEach(hold -> of(hold.key(), keys));
        fresh.forEach(task -> of(task.key(), keys).fresh.add(task));
        this.session.list(
                this.sql.countHolds(),
                row -> of(row.text("concurrency_key"), keys).holds = row.integer("holds"),
                keys.keySet());
        this.sql
                .waitingForKeys(this.session, keys.keySet(), OF_EACH_KEY)
                .forEach(task -> of(task.key(), keys).waiting.add(task));
        Map<Long, BlockedRow> locked = lock(keys.values());
        Plan plan = new Plan(locked);
        keys.values().forEach(plan::add);
        write(plan, ended);
        boolean full = ended.size() == this.limit || fresh.size() == this.limit || !plan.unfinished.isEmpty();
        return new Released(plan.byQueue(), full && plan.isProgress());
    }

    private static KeyQueue of(String key, Map<String, KeyQueue> keys) {
        return keys.computeIfAbsent(key, KeyQueue::new);
    }

    private Map<Long, BlockedRow> lock(Collection<KeyQueue> keys) throws SQLException {
        List<Long> wanted = new ArrayList<>();
        keys.forEach(key -> wanted.addAll(key.wanted()));
        Map<Long, BlockedRow> locked = new HashMap<>();
        if (!wanted.isEmpty()) {
            this.session
                    .list(this.sql.lockBlocked(), BlockedRow::read, wanted)
                    .forEach(task -> locked.put(task.taskId(), task));
        }
        return locked;
    }

    private void write(Plan plan, List<EndedHold> ended) throws SQLException {
        if (!ended.isEmpty()) {
            this.session.update(
                    this.sql.deleteHolds(), ended.stream().map(EndedHold::id).toList());
        }
        // At the end of the list, so that what cannot be gone on with holds up nothing else.
        List<@Nullable Object[]> holds = new ArrayList<>();
        Set<String> marked = new HashSet<>();
        for (EndedHold hold : ended) {
            if (plan.isToBeLookedAtAgain(hold.key()) && marked.add(hold.key())) {
                holds.add(new @Nullable Object[] {hold.task(), hold.key(), true});
            }
        }
        if (!plan.released.isEmpty()) {
            Instant now = this.session.now();
            plan.released.sort(Comparator.comparingLong(BlockedRow::seq));
            plan.released.forEach(task -> holds.add(new @Nullable Object[] {task.taskId(), task.key(), false}));
            this.session.update(
                    this.sql.deleteBlocked(),
                    plan.released.stream().map(BlockedRow::taskId).toList());
            this.session.insertAll(
                    this.sql.insertReady(),
                    plan.released.stream().map(task -> task.ready(now)).toList());
        }
        this.session.insertAll(this.sql.insertHolds(), holds);
        if (!plan.waiting.isEmpty()) {
            this.session.update(this.sql.markWaiting(), plan.waiting);
        }
    }

    /** What was released, by the id of its queue, and whether there may be more. */
    record Released(Map<Integer, Integer> tasks, boolean more) {

        static final Released NOTHING = new Released(Map.of(), false);
    }

    private record EndedHold(long id, long task, String key) {}

    /** The tasks of one key: those that wait, as far as they were read, and those that nobody has looked at. */
    private static final class KeyQueue {

        private final String key;

        private int holds;

        private final List<BlockedRow> waiting = new ArrayList<>();

        private final List<BlockedRow> fresh = new ArrayList<>();

        KeyQueue(String key) {
            this.key = key;
        }

        private boolean isReadInFull() {
            return this.waiting.size() < OF_EACH_KEY;
        }

        /** The tasks that may be next, in the order of the key. Behind what was not read nobody is next. */
        private List<BlockedRow> next() {
            List<BlockedRow> next = new ArrayList<>(this.waiting);
            long end = isReadInFull()
                    ? Long.MAX_VALUE
                    : this.waiting.get(OF_EACH_KEY - 1).seq();
            this.fresh.stream().filter(task -> task.seq() < end).forEach(next::add);
            next.sort(Comparator.comparingLong(BlockedRow::seq));
            return next;
        }

        /** The tasks to be locked: those that there is room for, and those that are to wait. */
        private Set<Long> wanted() {
            Set<Long> wanted = new HashSet<>();
            int held = this.holds;
            for (BlockedRow task : next()) {
                if (held >= task.limit()) {
                    break;
                }
                wanted.add(task.taskId());
                held++;
            }
            this.fresh.forEach(task -> wanted.add(task.taskId()));
            return wanted;
        }
    }

    /** What becomes of which task. */
    private static final class Plan {

        /** As they are now that they are locked: queue and priority may have been changed since they were read. */
        private final Map<Long, BlockedRow> locked;

        private final List<BlockedRow> released = new ArrayList<>();

        private final List<Long> waiting = new ArrayList<>();

        /** Keys whose next task is in the hands of another transaction, which may leave it. */
        private final Set<String> undecided = new HashSet<>();

        /** Keys with more waiting tasks than were read, of which all were released. */
        private final Set<String> unfinished = new HashSet<>();

        Plan(Map<Long, BlockedRow> locked) {
            this.locked = locked;
        }

        void add(KeyQueue queue) {
            int held = queue.holds;
            Set<Long> taken = new HashSet<>();
            boolean room = true;
            for (BlockedRow task : queue.next()) {
                if (held >= task.limit()) {
                    room = false;
                    break;
                }
                BlockedRow current = this.locked.get(task.taskId());
                if (current == null) {
                    this.undecided.add(queue.key);
                    room = false;
                    break;
                }
                this.released.add(current);
                taken.add(task.taskId());
                held++;
            }
            if (room && !queue.isReadInFull()) {
                this.unfinished.add(queue.key);
            }
            for (BlockedRow task : queue.fresh) {
                if (!taken.contains(task.taskId()) && this.locked.containsKey(task.taskId())) {
                    this.waiting.add(task.taskId());
                }
            }
        }

        boolean isToBeLookedAtAgain(String key) {
            return this.undecided.contains(key) || this.unfinished.contains(key);
        }

        boolean isProgress() {
            return !this.released.isEmpty() || !this.waiting.isEmpty();
        }

        Map<Integer, Integer> byQueue() {
            Map<Integer, Integer> queues = new HashMap<>();
            this.released.forEach(task -> queues.merge(task.queueId(), 1, Integer::sum));
            return queues;
        }
    }
}
