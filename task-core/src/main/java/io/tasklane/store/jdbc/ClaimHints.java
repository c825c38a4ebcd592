package io.tasklane.store.jdbc;

import io.tasklane.store.jdbc.TaskMoves.ClaimedRow;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * From where on the tasks of a queue are to be looked for on PostgreSQL, so that a claim does not walk over what was claimed
 * before: deleted rows stay in the index for as long as some transaction could still see them, and names that this node cannot
 * run stay for as long as no other node takes them.
 *
 * <p>A hint says that in its band no row below it can be claimed by this node, and that none will appear there. The first was
 * seen in a snapshot. The second holds because of what that snapshot tells of other transactions: a row below could only be
 * inserted by a transaction that took its seq before the hint was a candidate; such a transaction had its id by then, and the
 * hint counts only once all transactions of that time have ended. What is put back in an old place is announced in the table
 * {@code floor}, which every claim reads in its own statement: a hint counts as of one version of its floor.
 *
 * <p>The idea of the hint, and that it must wait for old transactions, is that of a low-water mark; without it, and with a
 * snapshot held open, a claim of 100 rows was measured to slow down tenfold within 300,000 tasks. Thread-safe: hints are
 * immutable and valid by themselves, whoever writes last.
 */
final class ClaimHints {

    /** With more bands a queue is claimed without hints: the statement would have more segments than rows to find. */
    static final int MAX_BANDS = 16;

    /** Names whose rate limit has no tokens come and go. */
    private static final int MAX_SETS = 8;

    /** Between two moves of the hints of a queue. */
    static final Duration SHORTEST_INTERVAL = Duration.ofMillis(200);

    /** Moving hints may take a fiftieth of the time. */
    private static final int INTERVAL_BY_COST = 50;

    /** A claim that takes longer than this, and longer per row than the next, has walked over something. */
    private static final long SLOW_CLAIM = 5_000_000;

    private static final long SLOW_ROW = 20_000;

    /** The first makes candidates, the second makes hints of them. */
    private static final int FIRST_LOOKS = 3;

    private final long shortestInterval;

    /** Of each queue what is known without one set of names or another, the last used first. */
    private final Map<Integer, List<QueueHints>> queues = new ConcurrentHashMap<>();

    /**
     * Creates it without hints.
     *
     * @param shortestInterval least time between two moves; zero moves them with each claim, whatever it costs
     */
    ClaimHints(Duration shortestInterval) {
        this.shortestInterval = shortestInterval.toNanos();
    }

    /** Returns where to look, the most urgent first; moves the hints on if it is time. */
    List<Segment> segments(SqlSession session, int queue, List<Integer> excludedKinds) throws SQLException {
        Set<Integer> excluded = Set.copyOf(excludedKinds);
        QueueHints known = find(queue, excluded);
        if (known == null) {
            known = QueueHints.none(excluded);
            put(queue, known);
        }
        if (known.isDue()) {
            known = moved(session, queue, known);
            put(queue, known);
        }
        return segments(known.hints());
    }

    private @Nullable QueueHints find(int queue, Set<Integer> excludedKinds) {
        for (QueueHints known : this.queues.getOrDefault(queue, List.of())) {
            if (known.excludedKinds().equals(excludedKinds)) {
                return known;
            }
        }
        return null;
    }

    private void put(int queue, QueueHints hints) {
        this.queues.compute(queue, (id, known) -> {
            if (known == null
                    || (known.size() == 1 && known.get(0).excludedKinds().equals(hints.excludedKinds()))) {
                return List.of(hints);
            }
            List<QueueHints> all = new ArrayList<>();
            all.add(hints);
            known.stream()
                    .filter(other -> !other.excludedKinds().equals(hints.excludedKinds()))
                    .limit(MAX_SETS - 1)
                    .forEach(all::add);
            return List.copyOf(all);
        });
    }

    /** Learns from a claim: its rows are the next candidates, and if it was slow they are wanted soon. */
    void claimed(int queue, List<Integer> excludedKinds, List<ClaimedRow> rows, long nanos) {
        QueueHints known = find(queue, Set.copyOf(excludedKinds));
        if (known == null) {
            return;
        }
        boolean slow = nanos > SLOW_CLAIM && nanos > SLOW_ROW * rows.size();
        if (rows.isEmpty() && !slow) {
            return;
        }
        Map<Integer, Long> ends = new HashMap<>(known.ends());
        for (ClaimedRow row : rows) {
            ends.merge(row.band(), row.seq(), Math::max);
        }
        put(queue, known.claimed(ends, slow));
    }

    private QueueHints moved(SqlSession session, int queue, QueueHints known) throws SQLException {
        long start = System.nanoTime();
        Map<Integer, Long> ends = new TreeMap<>(known.ends());
        if (!known.excludedKinds().isEmpty()) {
            for (BandEnd band : bands(session, queue)) {
                ends.putIfAbsent(band.band(), band.end());
            }
        }
        Map<Integer, Candidate> candidates = new TreeMap<>();
        Map<Integer, Hint> hints = new HashMap<>(known.hints());
        for (Look look : look(session, queue, known, ends)) {
            Candidate candidate = known.candidates().get(look.band());
            Long end = ends.get(look.band());
            if (candidate != null && candidate.mustWait(look)) {
                candidates.put(look.band(), candidate);
                continue;
            }
            if (candidate != null && look.clear()) {
                hints.put(look.band(), new Hint(candidate.seq(), look.floorVersion()));
            }
            if (end != null) {
                candidates.put(look.band(), new Candidate(end, look.ownTransaction()));
            }
        }
        if (hints.size() > MAX_BANDS || candidates.size() > MAX_BANDS) {
            hints.clear();
            candidates.clear();
        }
        long now = System.nanoTime();
        long interval =
                this.shortestInterval == 0 ? 0 : Math.max(this.shortestInterval, INTERVAL_BY_COST * (now - start));
        return known.moved(hints, candidates, now, interval);
    }

    private List<Look> look(SqlSession session, int queue, QueueHints known, Map<Integer, Long> ends)
            throws SQLException {
        Set<Integer> bands = new TreeSet<>(ends.keySet());
        bands.addAll(known.candidates().keySet());
        List<Stretch> stretches = new ArrayList<>();
        for (int band : bands) {
            Hint hint = known.hints().getOrDefault(band, Hint.NONE);
            Candidate candidate = known.candidates().get(band);
            stretches.add(new Stretch(band, hint, candidate != null ? candidate.seq() : 0));
        }
        return session.list(
                PostgreSqlStatements.LOOK_AT_HINTS,
                row -> new Look(
                        row.integer("band"),
                        row.number("floor_version"),
                        row.number("oldest_running"),
                        row.number("own_transaction"),
                        row.flag("is_clear")),
                PostgreSqlMoves.array("int", stretches, Stretch::band),
                PostgreSqlMoves.array(
                        "bigint", stretches, stretch -> stretch.from().seq()),
                PostgreSqlMoves.array(
                        "bigint", stretches, stretch -> stretch.from().floorVersion()),
                PostgreSqlMoves.array("bigint", stretches, Stretch::end),
                queue,
                queue,
                PostgreSqlMoves.array("int", List.copyOf(known.excludedKinds()), kind -> kind));
    }

    private List<BandEnd> bands(SqlSession session, int queue) throws SQLException {
        return session.list(
                PostgreSqlStatements.LOOK_AT_BANDS,
                row -> new BandEnd(row.integer("band"), row.number("end_seq")),
                queue,
                queue,
                MAX_BANDS,
                queue);
    }

    /** Each segment reaches from a hint to the band before that of the next; the first has all bands more urgent than known. */
    private static List<Segment> segments(Map<Integer, Hint> hints) {
        TreeMap<Integer, Hint> inOrder = new TreeMap<>(hints);
        List<Segment> segments = new ArrayList<>();
        int band = Integer.MIN_VALUE;
        Hint hint = Hint.NONE;
        for (Map.Entry<Integer, Hint> next : inOrder.entrySet()) {
            if (next.getKey() > Integer.MIN_VALUE) {
                segments.add(new Segment(band, next.getKey() - 1, hint.seq(), hint.floorVersion()));
            }
            band = next.getKey();
            hint = next.getValue();
        }
        segments.add(new Segment(band, Integer.MAX_VALUE, hint.seq(), hint.floorVersion()));
        return segments;
    }

    /**
     * A stretch of a queue: from a place in one band to the end of another.
     *
     * @param band where it begins
     * @param lastBand the last band of it
     * @param seq place in the first band at which it begins
     * @param floorVersion version of the floor of the first band for which the place holds
     */
    record Segment(int band, int lastBand, long seq, long floorVersion) {}

    private record Hint(long seq, long floorVersion) {

        static final Hint NONE = new Hint(0, 0);
    }

    /**
     * Will be a hint once all transactions have ended that got an id up to this one, the id of the one that made it. Not the end
     * of that one's snapshot: it only says which transactions have ended, and ids beyond it may be running.
     */
    private record Candidate(long seq, long madeBy) {

        boolean mustWait(Look look) {
            return look.oldestRunning() <= this.madeBy;
        }
    }

    private record Stretch(int band, Hint from, long end) {}

    private record BandEnd(int band, long end) {}

    private record Look(int band, long floorVersion, long oldestRunning, long ownTransaction, boolean clear) {}

    /**
     * What is known of a queue.
     *
     * @param excludedKinds names without which it holds
     * @param hints by band
     * @param candidates for the next hints, by band
     * @param ends the last places claimed since the candidates were made, by band
     * @param slow whether claims have become slow since
     * @param looks how often it was looked
     * @param lookedAt when it was looked last
     * @param interval nanoseconds after which it may be looked again
     */
    private record QueueHints(
            Set<Integer> excludedKinds,
            Map<Integer, Hint> hints,
            Map<Integer, Candidate> candidates,
            Map<Integer, Long> ends,
            boolean slow,
            int looks,
            long lookedAt,
            long interval) {

        static QueueHints none(Set<Integer> excludedKinds) {
            return new QueueHints(excludedKinds, Map.of(), Map.of(), Map.of(), false, 0, 0, 0);
        }

        QueueHints claimed(Map<Integer, Long> newEnds, boolean slowly) {
            return new QueueHints(
                    this.excludedKinds,
                    this.hints,
                    this.candidates,
                    Map.copyOf(newEnds),
                    this.slow || slowly,
                    this.looks,
                    this.lookedAt,
                    this.interval);
        }

        QueueHints moved(Map<Integer, Hint> newHints, Map<Integer, Candidate> newCandidates, long now, long pause) {
            return new QueueHints(
                    this.excludedKinds,
                    Map.copyOf(newHints),
                    Map.copyOf(newCandidates),
                    Map.of(),
                    false,
                    Math.min(this.looks + 1, FIRST_LOOKS),
                    now,
                    pause);
        }

        boolean isDue() {
            if (this.ends.isEmpty() && this.candidates.isEmpty() && !this.slow) {
                return false;
            }
            return (this.slow && this.looks < FIRST_LOOKS) || System.nanoTime() - this.lookedAt >= this.interval;
        }
    }
}
