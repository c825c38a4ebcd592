package io.tasklane.store.jdbc;

import io.tasklane.TaskState;
import io.tasklane.store.QueueStatistics;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts tasks by queue and state. */
final class QueueCounts {

    private final SqlSession session;

    private final Set<TaskState> states;

    private final TreeMap<String, Map<TaskState, Long>> tasks = new TreeMap<>();

    private final Map<String, Duration> oldestAges = new HashMap<>();

    QueueCounts(SqlSession session, Set<TaskState> states) {
        this.session = session;
        this.states = states;
    }

    List<QueueStatistics> read() throws SQLException {
        this.session.list(this.session.dialect().statistics(this.states), this::add);
        Map<String, Integer> consumers = consumers();
        List<QueueStatistics> statistics = new ArrayList<>();
        this.tasks.forEach((queue, counts) -> statistics.add(
                new QueueStatistics(queue, counts, this.oldestAges.get(queue), consumers.getOrDefault(queue, 0))));
        return statistics;
    }

    private String add(SqlRow row) throws SQLException {
        String queue = row.text("name");
        Map<TaskState, Long> counts = this.tasks.computeIfAbsent(queue, name -> zeros());
        Integer state = row.integerOrNull("state");
        if (state != null && this.states.contains(TaskCodes.state(state))) {
            counts.put(TaskCodes.state(state), row.number("tasks"));
            Instant oldest = row.timeOrNull("oldest_at");
            if (oldest != null) {
                Duration age = Duration.between(oldest, row.time("now_at"));
                this.oldestAges.put(queue, age.isNegative() ? Duration.ZERO : age);
            }
        }
        return queue;
    }

    private static Map<TaskState, Long> zeros() {
        Map<TaskState, Long> zeros = new EnumMap<>(TaskState.class);
        for (TaskState state : TaskState.values()) {
            zeros.put(state, 0L);
        }
        return zeros;
    }

    private Map<String, Integer> consumers() throws SQLException {
        Map<String, Integer> consumers = new HashMap<>();
        for (String queues :
                this.session.list(this.session.dialect().selectConsumedQueues(), row -> row.text("queues"))) {
            for (String queue : queues.split(",")) {
                consumers.merge(queue, 1, Integer::sum);
            }
        }
        return consumers;
    }
}
