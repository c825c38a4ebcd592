package io.tasklane.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tasklane.NamePattern;
import io.tasklane.NoSuchQueueException;
import io.tasklane.QueueSpec;
import io.tasklane.TaskRequest;
import io.tasklane.TaskRoute;
import io.tasklane.TaskRouter;
import io.tasklane.handler.TaskBackoff;
import io.tasklane.handler.TaskDefinition;
import io.tasklane.handler.TaskOverride;
import io.tasklane.handler.TaskRouteRule;
import io.tasklane.handler.TaskRouting;
import io.tasklane.store.StoredTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class TaskRoutingTests {

    @Test
    void p6_x24_globAndExpressionLeadIntoTheirQueueAndTheFirstMatchWins() {
        ProducerRig rig = new ProducerRig(new TaskRouting(
                Map.of(),
                List.of(
                        new TaskRouteRule(NamePattern.glob("app.send-*"), new TaskRoute("email", 5)),
                        new TaskRouteRule(NamePattern.regex("app\\..*"), TaskRoute.to("vip"))),
                List::of));
        rig.client().enqueue(TaskRequest.named("app.send-mail"));
        rig.client().enqueue(TaskRequest.named("app.pack"));
        rig.client().enqueue(TaskRequest.named("other"));
        rig.client().enqueue(TaskRequest.named("app.send-mail").queue("default").priority(0));
        assertThat(rig.stored()).extracting(StoredTask::queue).containsExactly("email", "vip", "default", "default");
        assertThat(rig.stored()).extracting(StoredTask::priority).containsExactly(5, 0, 0, 0);
    }

    @Test
    void x24_rank19_anOverrideWinsOverARouteAndARouteOverTheAnnotation() {
        TaskRouting routing = new TaskRouting(
                Map.of("T.a", new TaskOverride(null, 9, 1, TaskBackoff.UNSET, null, null, null)),
                List.of(new TaskRouteRule(NamePattern.glob("T.*"), new TaskRoute("vip", 5))),
                List::of);
        ProducerRig rig = new ProducerRig(routing);
        TaskDefinition a =
                DefaultTaskClientTests.definition("T.a", "email", 1, 7, null).with(routing.configured("T.a"));
        TaskDefinition b =
                DefaultTaskClientTests.definition("T.b", "email", 1, 7, null).with(routing.configured("T.b"));
        rig.client().submit(a, arguments());
        rig.client().submit(b, arguments());
        rig.client()
                .with(o -> o.queue("email").priority(0).retries(0))
                .enqueue(() -> rig.client().submit(a, arguments()));
        assertThat(rig.stored()).extracting(StoredTask::queue).containsExactly("vip", "vip", "email");
        assertThat(rig.stored()).extracting(StoredTask::priority).containsExactly(9, 5, 0);
        assertThat(rig.stored()).extracting(StoredTask::retries).containsExactly(1, 7, 0);
    }

    @Test
    void p6_aRouterDecidesByArgumentsBetweenRouteAndAnnotation() {
        List<TaskRequest> asked = new ArrayList<>();
        TaskRouter silent = request -> {
            asked.add(request);
            return Optional.empty();
        };
        TaskRouter byUser =
                request -> Long.valueOf(1).equals(request.arguments().get("userId"))
                        ? Optional.of(TaskRoute.to("vip").priority(8))
                        : Optional.empty();
        ProducerRig rig = new ProducerRig(new TaskRouting(
                Map.of("T.b", new TaskOverride("email", null, null, TaskBackoff.UNSET, null, null, null)),
                List.of(),
                () -> List.of(silent, byUser)));
        TaskDefinition a = DefaultTaskClientTests.definition("T.a", "email", 1, null, null);
        rig.client().submit(a, arguments());
        rig.client().submit(a, new Object[] {2L, "x"});
        rig.client().submit(DefaultTaskClientTests.definition("T.b", "email", 1, null, null), arguments());
        rig.client().enqueue(TaskRequest.named("T.c").argument("userId", 1L));
        rig.client().with(o -> o.queue("default")).enqueue(() -> rig.client().submit(a, arguments()));
        assertThat(rig.stored())
                .extracting(StoredTask::queue)
                .containsExactly("vip", "email", "email", "vip", "default");
        assertThat(rig.stored()).extracting(StoredTask::priority).containsExactly(8, 1, 8, 8, 8);
        assertThat(asked).first().satisfies(request -> {
            assertThat(request.task()).isEqualTo("T.a");
            assertThat(request.arguments()).containsEntry("template", "x");
        });
        assertThat(asked)
                .last()
                .satisfies(request -> assertThat(request.queue()).isEqualTo("default"));
    }

    @Test
    void x20_aRouterThatNamesAnUnknownQueueFailsTheCallAndNothingIsStored() {
        ProducerRig rig = new ProducerRig(
                new TaskRouting(Map.of(), List.of(), () -> List.of(request -> Optional.of(TaskRoute.to("vipp")))));
        assertThatExceptionOfType(NoSuchQueueException.class)
                .isThrownBy(() -> rig.client().enqueue(TaskRequest.named("T.a")))
                .withMessageContaining("vipp");
        assertThat(rig.stored()).isEmpty();
    }

    @Test
    void p3_aPriorityOutsideTheLimitsOfItsQueueIsStoredWithTheLimitAndSaidOnce(CapturedOutput output) {
        ProducerRig rig = new ProducerRig();
        rig.store().declare(QueueSpec.named("limited").minPriority(-1).maxPriority(10));
        for (int priority : new int[] {99, 98, 10, -1, -7, 3}) {
            rig.client().enqueue(TaskRequest.named("T.a").queue("limited").priority(priority));
        }
        rig.client().enqueue(TaskRequest.named("T.b").queue("limited").priority(11));
        rig.client().enqueue(TaskRequest.named("T.a").queue("email").priority(99));
        assertThat(rig.stored()).extracting(StoredTask::priority).containsExactly(10, 10, 10, -1, -1, 3, 10, 99);
        assertThat(output.getOut().lines().filter(line -> line.contains("queue 'limited' allows -1 to 10")))
                .hasSize(2)
                .first()
                .asString()
                .contains("'T.a'", "priority 99", "stored with 10");
    }

    private static @Nullable Object[] arguments() {
        return new Object[] {1L, "x"};
    }
}
