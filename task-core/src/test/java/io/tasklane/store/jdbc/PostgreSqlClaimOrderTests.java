package io.tasklane.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.TaskId;
import io.tasklane.store.NewTask;
import io.tasklane.store.PriorityAging;
import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskLease;
import io.tasklane.store.TaskMaintenance;
import io.tasklane.store.TaskOutcome;
import io.tasklane.store.WorkerDescription;
import io.tasklane.store.jdbc.ClaimHints.Segment;
import io.tasklane.store.jdbc.TaskMoves.ClaimCommand;
import io.tasklane.store.jdbc.TaskMoves.ClaimedRow;
import io.tasklane.store.jdbc.TaskMoves.TaskRow;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import io.tasklane.test.TestTables;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Guarantee 6 on PostgreSQL: whatever is committed when a worker claims is claimed by priority and then in the order of
 * insertion, although claims do not start at the beginning of a queue. Hints are moved with every claim here, and what should be
 * claimed is read from the table itself.
 */
@Timeout(120)
class PostgreSqlClaimOrderTests {

    private static final String[] KINDS = {"a", "b", "unknown"};

    /** Claims in which hints are moved. */
    private static final int MANY = 20;

    private final List<Connection> open = new ArrayList<>();

    private final List<Claimed> held = new ArrayList<>();

    private TestDatabase database;

    private JdbcTaskStore store;

    private Node node;

    private Node other;

    private long token;

    private int queue;

    @BeforeEach
    void createNodes() throws SQLException {
        this.database = TestDatabase.create(TestDatabaseProduct.POSTGRESQL);
        TestTables.create(this.database.dataSource());
        this.store = new JdbcTaskStore(this.database.dataSource(), JdbcStoreSettings.DEFAULT);
        this.node = new Node();
        this.other = new Node();
        for (String kind : KINDS) {
            this.store.insert(List.of(task(kind, 0)), tasks -> {});
        }
        this.queue = (int) count(begin(), "SELECT id FROM tasklane_queue WHERE name = 'default'");
    }

    @AfterEach
    void close() throws SQLException {
        for (Connection connection : this.open) {
            connection.close();
        }
        this.store.close();
        this.database.close();
    }

    @Test
    void guarantee6_aTaskCommittedLateIsClaimedBeforeThoseInsertedAfterIt() throws SQLException {
        Connection late = begin();
        long first = insert(late, "a", 0);
        this.node.claimAndInsert();
        late.commit();
        assertThat(this.node.claim(1)).extracting(Claimed::id).containsExactly(first);
    }

    @Test
    void guarantee6_aTaskPutBackKeepsItsPlaceHoweverFarClaimsHaveGone() throws SQLException {
        Claimed first = this.node.claim(3).get(1);
        this.node.claimAndInsert();
        release(first);
        Claimed again = this.node.claim(1).get(0);
        assertThat(again.id()).isEqualTo(first.id());
        this.node.claimAndInsert();
        release(again);
        assertThat(this.node.claim(1)).extracting(Claimed::id).containsExactly(first.id());
    }

    @Test
    void guarantee6_theTasksOfADeadWorkerKeepTheirPlaces() throws SQLException {
        List<Claimed> lost = this.node.claim(3);
        this.other.claimAndInsert();
        Connection clock = begin();
        try (Statement statement = clock.createStatement()) {
            statement.execute("UPDATE tasklane_worker SET heartbeat_at = heartbeat_at - interval '1 minute' WHERE id = "
                    + this.node.worker);
        }
        clock.commit();
        this.store.recover(Duration.ofSeconds(10), 3);
        assertThat(this.other.claim(3))
                .extracting(Claimed::id)
                .containsExactlyElementsOf(lost.stream().map(Claimed::id).toList());
    }

    @Test
    void rank31_aTaskThatIsRaisedIsFoundHoweverFarClaimsHaveGone() throws SQLException {
        this.node.claim(3);
        this.store.insert(List.of(task("a", -5)), tasks -> {});
        this.node.claimAndInsert();
        assertThat(this.node.segments().get(this.node.segments().size() - 1).seq())
                .isGreaterThan(MANY);
        PriorityAging rule = new PriorityAging(Duration.ofNanos(1_000), 5, 0);
        assertThat(this.store.age("default", rule, null, 1_000).count()
                        + this.store
                                .age("default", rule, new TaskMaintenance.Place(-5, 0), 1_000)
                                .count())
                .isEqualTo(1);
        assertThat(this.node.claim(1)).extracting(Claimed::priority).containsExactly(0);
        assertThat(count(begin(), "SELECT count(*) FROM tasklane_ready WHERE band = 5"))
                .isZero();
        assertThat(count(
                        begin(),
                        "SELECT count(*) FROM tasklane_running r JOIN tasklane_task t ON t.id = r.task_id"
                                + " WHERE t.priority = -5"))
                .isEqualTo(1);
    }

    @Test
    void rank30_whatIsKnownWithoutSomeNamesIsKeptWhileTheyComeAndGo() throws SQLException {
        this.node.claim(3);
        this.node.claimAndInsert();
        List<Segment> with = this.node.segments();
        assertThat(with.get(with.size() - 1).seq()).isGreaterThan(MANY);
        this.node.excluded = List.of(4711);
        this.node.claimAndInsert();
        this.node.excluded = List.of();
        List<Segment> again = this.node.segments();
        assertThat(again.get(again.size() - 1).seq())
                .isGreaterThanOrEqualTo(with.get(with.size() - 1).seq());
    }

    @Test
    void claimsStartWhereTheLastOnesEndedAlthoughASnapshotIsOpen() throws SQLException {
        Connection snapshot = begin();
        snapshot.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        count(snapshot, "SELECT count(*) FROM tasklane_ready");
        this.node.claim(3);
        this.node.claimAndInsert();
        List<Segment> segments = this.node.segments();
        assertThat(segments).hasSize(2);
        assertThat(segments.get(0)).isEqualTo(new Segment(Integer.MIN_VALUE, -1, 0, 0));
        assertThat(segments.get(1).band()).isZero();
        assertThat(segments.get(1).seq()).isGreaterThan(MANY);
    }

    @Test
    void decision1_aBandThatHoldsOnlyExcludedNamesIsPassedBy() throws SQLException {
        this.node.claim(3);
        Connection connection = begin();
        for (int i = 0; i < 10; i++) {
            insert(connection, "unknown", 9);
        }
        connection.commit();
        this.node.excluded = List.of(kindId("unknown"));
        this.node.claimAndInsert();
        assertThat(this.node.segments()).anySatisfy(segment -> {
            assertThat(segment.band()).isEqualTo(-9);
            assertThat(segment.seq()).isGreaterThan(10);
        });
        this.node.excluded = List.of();
        assertThat(this.node.claim(20)).hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void aQueueOfManyPrioritiesIsClaimedWithoutHints() throws SQLException {
        Connection connection = begin();
        for (int i = 0; i <= ClaimHints.MAX_BANDS; i++) {
            insert(connection, "a", i);
            insert(connection, "a", i);
        }
        connection.commit();
        for (int i = ClaimHints.MAX_BANDS; i >= 0; i--) {
            assertThat(this.node.claim(2)).extracting(Claimed::priority).containsExactly(i, i);
        }
        this.node.claim(3);
        assertThat(this.node.segments()).hasSizeLessThanOrEqualTo(ClaimHints.MAX_BANDS + 1);
    }

    /** Many transactions at once, some open for long, some rolled back; put-backs, names that cannot run, priorities. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void guarantee6_everyClaimTakesTheFirstOfWhatIsCommitted(long seed) throws SQLException {
        Random random = new Random(seed);
        this.node.excluded = seed % 2 == 0 ? List.of() : List.of(kindId("unknown"));
        this.other.excluded = this.node.excluded;
        List<Connection> transactions = new ArrayList<>();
        int claims = 0;
        for (int step = 0; step < 3_000; step++) {
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> {
                    if (transactions.size() < 4) {
                        transactions.add(begin());
                    }
                }
                case 3, 4, 5, 6 -> {
                    if (!transactions.isEmpty()) {
                        Connection one = transactions.get(random.nextInt(transactions.size()));
                        insert(one, KINDS[random.nextInt(KINDS.length)], random.nextInt(3));
                    }
                }
                case 7, 8 -> {
                    if (!transactions.isEmpty()) {
                        Connection one = transactions.remove(random.nextInt(transactions.size()));
                        if (random.nextInt(5) == 0) {
                            one.rollback();
                        } else {
                            one.commit();
                        }
                        one.close();
                    }
                }
                case 9 -> {
                    if (!this.held.isEmpty()) {
                        release(this.held.remove(random.nextInt(this.held.size())));
                    }
                }
                default -> {
                    int limit = 1 + random.nextInt(4);
                    Node claiming = random.nextInt(4) == 0 ? this.other : this.node;
                    List<Long> expected = firstCommitted(limit, claiming.excluded);
                    List<Claimed> claimed = claiming.claim(limit);
                    assertThat(claimed)
                            .as(
                                    "claim %d in step %d with seed %d, looking at %s",
                                    ++claims, step, seed, claiming.segments())
                            .extracting(Claimed::id)
                            .containsExactlyElementsOf(expected);
                    this.held.addAll(claimed);
                    if (this.held.size() > 50) {
                        succeed(this.held.subList(0, 25));
                        this.held.subList(0, 25).clear();
                    }
                }
            }
        }
        assertThat(claims).isGreaterThan(100);
    }

    private Connection begin() throws SQLException {
        Connection connection = this.database.dataSource().getConnection();
        connection.setAutoCommit(false);
        this.open.add(connection);
        return connection;
    }

    private long insert(Connection connection, String kind, int priority) throws SQLException {
        NewTask task = task(kind, priority);
        SqlSession session = new SqlSession(connection, this.node.dialect);
        this.node.moves.insert(session, List.of(new TaskRow(task, this.queue, kindId(kind))));
        return task.id().value();
    }

    private int kindId(String kind) throws SQLException {
        try (Connection connection = this.database.dataSource().getConnection()) {
            return (int) count(connection, "SELECT id FROM tasklane_kind WHERE name = '" + kind + "'");
        }
    }

    private NewTask task(String kind, int priority) {
        return new NewTask(this.store.newId(), kind, "default", priority, 3, "{}", Map.of(), null, null);
    }

    private void release(Claimed task) {
        complete(List.of(task), new TaskOutcome.Released(false));
    }

    private void succeed(List<Claimed> tasks) {
        complete(tasks, new TaskOutcome.Succeeded(null));
    }

    private void complete(List<Claimed> tasks, TaskOutcome outcome) {
        List<TaskCompletion> completions = tasks.stream()
                .map(task -> new TaskCompletion(task.lease(), null, null, outcome))
                .toList();
        assertThat(this.store.exchange(0, completions, null).refused()).isEmpty();
    }

    private List<Long> firstCommitted(int limit, List<Integer> excluded) throws SQLException {
        String kinds = excluded.isEmpty() ? "-1" : String.valueOf(excluded.get(0));
        try (Connection connection = this.database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT task_id FROM tasklane_ready WHERE kind_id <> %s ORDER BY band, seq LIMIT %d"
                                .formatted(kinds, limit))) {
            List<Long> ids = new ArrayList<>();
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
            return ids;
        }
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private record Claimed(TaskLease lease, int priority) {

        long id() {
            return this.lease.task().value();
        }
    }

    /** A worker with hints of its own. */
    private final class Node {

        private final PostgreSqlDialect dialect = new PostgreSqlDialect(JdbcStoreSettings.DEFAULT);

        private final ClaimHints hints = new ClaimHints(Duration.ZERO);

        private final PostgreSqlMoves moves = new PostgreSqlMoves(this.hints);

        private final long worker = store.join(new WorkerDescription("test", "host", 1, List.of("default"), 10, 0));

        private List<Integer> excluded = List.of();

        private List<Claimed> claim(int limit) throws SQLException {
            ClaimCommand command =
                    new ClaimCommand(queue, limit, limit, this.worker, ++token, this.excluded, true, false, Map.of());
            try (Connection connection = database.dataSource().getConnection()) {
                connection.setAutoCommit(false);
                List<ClaimedRow> rows = this.moves.claim(new SqlSession(connection, this.dialect), command);
                connection.commit();
                return rows.stream()
                        .map(row -> new Claimed(
                                new TaskLease(new TaskId(row.taskId()), this.worker, command.token()), -row.band()))
                        .toList();
            }
        }

        private void claimAndInsert() throws SQLException {
            for (int i = 0; i < MANY; i++) {
                store.insert(List.of(task("a", 0), task("a", 0)), committed -> {});
                succeed(claim(2));
            }
            store.insert(List.of(task("a", 0)), committed -> {});
        }

        private List<Segment> segments() throws SQLException {
            try (Connection connection = database.dataSource().getConnection()) {
                connection.setAutoCommit(false);
                List<Segment> segments =
                        this.hints.segments(new SqlSession(connection, this.dialect), queue, this.excluded);
                connection.rollback();
                return segments;
            }
        }
    }
}
