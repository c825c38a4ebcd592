package io.tasklane.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.TaskHandle;
import io.tasklane.sample.Traveller.Arrival;
import io.tasklane.sample.Traveller.Seen;
import io.tasklane.sample.Traveller.Stop;
import io.tasklane.worker.WorkerContainerRegistry;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** One task from the call to its end, as data: docs/architecture.md tells the same in words. */
@ShopTest
@TestPropertySource(properties = "tasklane.worker.auto-startup=false")
@Import({Journey.class, Traveller.class})
class TaskJourneyTests {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

    private static final List<Stop> STOPS = List.of(new Stop("Ulm", 3), new Stop("Bonn", 5));

    @Autowired
    Journey journey;

    @Autowired
    Traveller traveller;

    @Autowired
    WorkerContainerRegistry workers;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    JdbcClient jdbc;

    @Test
    void taskTravelsFromTheCallToItsEnd() {
        TaskHandle<Arrival> handle = enqueueAndLookAround();

        Map<String, Object> queued = row(handle);
        assertThat(queued)
                .containsEntry("task", "Traveller.travel")
                .containsEntry("queue", "reports")
                .containsEntry("state", "QUEUED")
                .containsEntry("priority", 7)
                .containsEntry("retries", 2);
        assertThat(queued.get("payload"))
                .as("arguments by parameter name")
                .isEqualTo("{\"stops\":[{\"name\":\"Ulm\",\"minutes\":3},{\"name\":\"Bonn\",\"minutes\":5}],"
                        + "\"day\":\"2026-11-22\"}");

        this.workers.start();

        assertThat(handle.get(Duration.ofSeconds(30))).isEqualTo(new Arrival("Bonn", DAY));
        assertThat(row(handle)).containsEntry("state", "SUCCEEDED").containsEntry("retries_used", 0);
        assertThat(row(handle).get("result")).isEqualTo("{\"at\":\"Bonn\",\"day\":\"2026-11-22\"}");
        assertThat(this.traveller.seen())
                .isEqualTo(new Seen(handle.id().toString(), "Traveller.travel", "reports", 1, true, STOPS));
        Awaitility.await()
                .untilAsserted(() -> assertThat(this.journey.stations())
                        .containsExactly(
                                "begin tasklane.task.enqueue",
                                "end tasklane.task.enqueue",
                                "called",
                                "committed Traveller.travel",
                                "begin tasklane.task.execution",
                                "interceptor enters",
                                "body",
                                "interceptor leaves",
                                "end tasklane.task.execution"));
    }

    private TaskHandle<Arrival> enqueueAndLookAround() {
        TaskHandle<Arrival> enqueued = new TransactionTemplate(this.transactions).execute(status -> {
            TaskHandle<Arrival> handle = this.traveller.travel(STOPS, DAY);
            this.journey.pass("called");
            assertThat(handle.state()).as("seen by its own transaction").isPresent();
            assertThat(countElsewhere(handle)).as("not seen by others yet").isZero();
            return handle;
        });
        assertThat(countElsewhere(Objects.requireNonNull(enqueued)))
                .as("seen by all after the commit")
                .isEqualTo(1);
        return enqueued;
    }

    private long countElsewhere(TaskHandle<?> handle) {
        TransactionTemplate other = new TransactionTemplate(this.transactions);
        other.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return Objects.requireNonNull(other.execute(status -> this.jdbc
                .sql("select count(*) from tasklane_tasks where id = ?")
                .param(handle.id().value())
                .query(Long.class)
                .single()));
    }

    private Map<String, Object> row(TaskHandle<?> handle) {
        return this.jdbc
                .sql("select task, queue, state, priority, retries, retries_used, cast(payload as varchar) as payload,"
                        + " cast(result as varchar) as result from tasklane_tasks where id = ?")
                .param(handle.id().value())
                .query()
                .singleRow();
    }
}
