package io.tasklane.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of one database: here what is the same in all of them, in the subclasses what differs. In the templates {@code {p}}
 * is the prefix of the tables, {@code {now}} the current time of the store, and {@code {ids}} a list of values.
 */
abstract class TaskSqlDialect extends CommonSql {

    /** Ids of tasks come in blocks of this size; the increment of the sequence in the migrations. */
    static final int ID_BLOCK = 1000;

    /** Of thousands of tasks claimed ahead, what is larger would fill the memory; it is read when its task starts. */
    static final String SMALL_PAYLOAD = "CASE WHEN octet_length(payload) <= 16384 THEN payload END AS payload";

    private final String prefix;

    private final @Nullable InstantSource clock;

    private final Map<String, String> filled = new ConcurrentHashMap<>();

    TaskSqlDialect(JdbcStoreSettings settings) {
        this.prefix = settings.tablePrefix();
        this.clock = settings.clock();
    }

    /** The database's clock as an expression: the one place where time comes from. */
    abstract String databaseTime();

    /** A point in time as a literal. */
    abstract String literal(Instant instant);

    abstract void bindTime(PreparedStatement statement, int index, Instant instant) throws SQLException;

    abstract @Nullable Instant readTime(ResultSet rows, String column) throws SQLException;

    /** Takes the number of the next block of ids, without locks that last until the end of the transaction. */
    abstract long nextIdBlock(SqlSession session) throws SQLException;

    /** Whether rows are inserted by one statement with many rows rather than by a batch. */
    abstract boolean insertsManyRowsAtOnce();

    /** What moves tasks between the tables. */
    abstract TaskMoves moves();

    /** Notices between nodes, null if the database or the driver has none. */
    @Nullable
    PostgreSqlNotices notices() {
        return null;
    }

    /** Lock to hold in this JVM during a transaction that claims, null if the database lets workers claim side by side. */
    @Nullable
    Lock claimLock() {
        return null;
    }

    /** Keeps other JVMs from claiming until the end of the transaction, where {@link #claimLock} is not null. */
    void lockClaims(SqlSession session) throws SQLException {}

    /** Rows were put in old places, by this transaction: whoever claims must not pass them by. */
    void placesTaken(SqlSession session, List<ReadyPlace> places) throws SQLException {}

    /** The tasks of a queue that run are limited from now on: those that run already count. */
    void limitRunning(SqlSession session, int queue) throws SQLException {}

    /** Whether a driver's limit for one statement ends with it. */
    boolean limitsStatements() {
        return true;
    }

    /** Checks that only this database has. */
    List<StoreCheck> checks(DoctorSettings settings) {
        return List.of();
    }

    /** The indexes that the migrations of this database create. */
    abstract List<ExpectedIndex> expectedIndexes();

    /**
     * Columns of the valid indexes of all tables whose names start, in lower case, with the value; a table without any is there
     * once with null.
     */
    abstract String selectIndexColumns();

    /** The statement that creates an index, for people. */
    String createIndex(String table, boolean unique, String columns) {
        return "CREATE %sINDEX %s_%s ON %s (%s)"
                .formatted(unique ? "UNIQUE " : "", table, columns.replace(", ", "_"), table, columns);
    }

    /** Fills in the prefix and the time. */
    final String sql(String template) {
        String sql = this.filled.get(template);
        if (sql == null) {
            String prefixed = template.replace("{p}", this.prefix);
            sql = this.clock == null ? prefixed.replace("{now}", databaseTime()) : prefixed;
            this.filled.put(template, sql);
        }
        Instant set = setTime();
        return set != null ? sql.replace("{now}", literal(set)) : sql;
    }

    /** The set time, or null if it is the database's. */
    final @Nullable Instant setTime() {
        return this.clock != null ? this.clock.instant().truncatedTo(ChronoUnit.MICROS) : null;
    }

    String selectNow() {
        return "SELECT {now} AS now_at";
    }

    /** The first tasks of each of these keys that wait for it. */
    List<BlockedRow> waitingForKeys(SqlSession session, Collection<String> keys, int ofEach) throws SQLException {
        List<BlockedRow> waiting = new ArrayList<>();
        for (String key : keys) {
            waiting.addAll(session.list(selectWaitingForKey(), BlockedRow::read, key, ofEach));
        }
        return waiting;
    }

    // ---- moves, for databases that do not move rows in one statement

    String insertTasks() {
        return "INSERT INTO {p}task (id, queue_id, kind_id, priority, retries, created_at, headers, payload, version)";
    }

    String insertKeyedTasks() {
        return """
                INSERT INTO {p}task (id, queue_id, kind_id, priority, retries, created_at, headers, payload, version,
                    concurrency_key, key_limit, key_until)""";
    }

    /** At the end: the database gives the next seq. */
    String insertBlocked() {
        return """
                INSERT INTO {p}blocked (task_id, queue_id, band, kind_id, concurrency_key, key_limit, retries_used,
                    recoveries, unreadable_since)""";
    }

    /** At the back: the database gives the next seq. */
    String insertReady() {
        return """
                INSERT INTO {p}ready (queue_id, band, task_id, kind_id, retries_used, recoveries, ready_at,
                    unreadable_since)""";
    }

    String insertReadyInPlace() {
        return """
                INSERT INTO {p}ready (queue_id, band, seq, task_id, kind_id, retries_used, recoveries, ready_at,
                    unreadable_since, suspect)""";
    }

    String insertDue() {
        return """
                INSERT INTO {p}due (run_at, task_id, queue_id, band, kind_id, retries_used, recoveries, unreadable_since,
                    needs_key)""";
    }

    String insertRunning() {
        return """
                INSERT INTO {p}running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used, recoveries,
                    ready_at, claimed_at, unreadable_since, suspect, ahead)""";
    }

    String insertFinished() {
        return """
                INSERT INTO {p}finished (task_id, queue_id, kind_id, state, retries_used, recoveries, worker_id, started_at,
                    finished_at, result)""";
    }

    String insertAttempts() {
        return """
                INSERT INTO {p}attempt (task_id, number, outcome, worker_id, retries_used, recoveries, started_at,
                    finished_at, error_class, error_message, error_stack)""";
    }

    String selectMayClaim() {
        return """
                SELECT 1 AS yes FROM {p}worker w, {p}queue q
                WHERE w.id = ? AND w.dead_at IS NULL AND q.id = ? AND %s AND (? OR %s)""".formatted(OPEN, UNLIMITED);
    }

    String lockReady() {
        return """
                SELECT * FROM {p}ready WHERE queue_id = ? AND kind_id NOT IN ({ids}) AND (? OR NOT suspect)
                ORDER BY queue_id, band, seq LIMIT ? FOR UPDATE SKIP LOCKED""";
    }

    /**
     * Locks those rows of {@code ready} that are still where they were found; null if they were locked when they were found.
     */
    @Nullable
    String relockReady() {
        return null;
    }

    String deleteReady() {
        return "DELETE FROM {p}ready WHERE queue_id = ? AND band = ? AND seq IN ({ids})";
    }

    String selectTasks() {
        return """
                SELECT id, retries, headers, %s, version, key_until
                FROM {p}task WHERE id IN ({ids})""".formatted(SMALL_PAYLOAD);
    }

    String selectPayload() {
        return "SELECT payload FROM {p}task WHERE id = ?";
    }

    String lockRunning() {
        return "SELECT * FROM {p}running WHERE task_id IN ({ids}) ORDER BY task_id FOR UPDATE";
    }

    String deleteRunning() {
        return "DELETE FROM {p}running WHERE task_id IN ({ids})";
    }

    String startRunning() {
        return "UPDATE {p}running SET started = true WHERE task_id = ? AND worker_id = ? AND token = ?";
    }

    String lockLease() {
        return selectLease() + " FOR UPDATE SKIP LOCKED";
    }

    String selectLease() {
        return "SELECT task_id FROM {p}running WHERE task_id = ? AND worker_id = ? AND token = ?";
    }

    String selectFinished() {
        return "SELECT state, worker_id FROM {p}finished WHERE task_id = ?";
    }

    String selectLastAttempts() {
        return "SELECT task_id, MAX(number) AS number FROM {p}attempt WHERE task_id IN ({ids}) GROUP BY task_id";
    }

    /** How often the workers of tasks died that had started. */
    String selectDeaths() {
        return """
                SELECT task_id, COUNT(*) AS deaths FROM {p}attempt
                WHERE task_id IN ({ids}) AND outcome = ? AND started_at IS NOT NULL GROUP BY task_id""";
    }

    String lockLost() {
        return """
                SELECT * FROM {p}running WHERE worker_id IN ({ids}) ORDER BY task_id LIMIT ? FOR UPDATE SKIP LOCKED""";
    }

    String lockDue() {
        return """
                SELECT * FROM {p}due WHERE run_at <= ? ORDER BY run_at, task_id LIMIT ? FOR UPDATE SKIP LOCKED""";
    }

    /** Locks those rows of {@code due} that are still there; null if they were locked when they were found. */
    @Nullable
    String relockDue() {
        return null;
    }

    String deleteDue() {
        return "DELETE FROM {p}due WHERE task_id IN ({ids})";
    }
}
