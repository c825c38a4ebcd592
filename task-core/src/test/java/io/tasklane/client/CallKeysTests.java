package io.tasklane.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tasklane.Completion;
import io.tasklane.TaskException;
import io.tasklane.TaskRequest;
import io.tasklane.handler.KeyExpression;
import io.tasklane.handler.RetryableFailures;
import io.tasklane.handler.TaskBackoff;
import io.tasklane.handler.TaskDefinition;
import io.tasklane.handler.TaskKeying;
import io.tasklane.handler.TaskParameter;
import io.tasklane.store.TaskKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which key a task gets. */
class CallKeysTests {

    private ProducerRig rig;

    @BeforeEach
    void create() {
        this.rig = new ProducerRig();
    }

    @Test
    void n4_theKeyIsMadeOfTheArgumentsAndBelongsToTheTask() {
        know(new TaskKeying(expression("orderId"), null, 3, true, false));
        this.rig
                .client()
                .submit(definition(new TaskKeying(expression("orderId"), null, 3, true, false)), new Object[] {42L});
        this.rig.client().enqueue(TaskRequest.named("Orders.step").argument("orderId", 43L));
        assertThat(keys())
                .containsExactly(
                        new TaskKey("task:Orders.step:42", 3, TaskKey.Hold.UNTIL_RETRY),
                        new TaskKey("task:Orders.step:43", 3, TaskKey.Hold.UNTIL_RETRY));
    }

    @Test
    void n4_aGroupSharesItsKeysAndACallMayGiveAnother() {
        know(new TaskKeying(expression("orderId"), "orders", 1, false, false));
        this.rig.client().enqueue(TaskRequest.named("Orders.step").argument("orderId", 42L));
        this.rig
                .client()
                .with(options -> options.concurrencyKey(" customer 7 "))
                .enqueue(TaskRequest.named("Orders.step").argument("orderId", 42L));
        this.rig
                .client()
                .with(options -> options.concurrencyKey("of the options"))
                .enqueue(TaskRequest.named("Orders.step")
                        .argument("orderId", 42L)
                        .concurrencyKey("of the request"));
        assertThat(keys())
                .extracting(TaskKey::name)
                .containsExactly("group:orders:42", "group:orders:customer 7", "group:orders:of the request");
    }

    @Test
    void n4_aTaskThatThisApplicationDoesNotKnowGetsTheKeyOfTheCall() {
        this.rig.client().enqueue(TaskRequest.named("Far.away").concurrencyKey("k"));
        this.rig.client().enqueue(TaskRequest.named("Far.away"));
        assertThat(keys()).containsExactly(new TaskKey("task:Far.away:k", 1, TaskKey.Hold.UNTIL_ENDED), null);
    }

    @Test
    void n8_aFairKeyBelongsToTheQueue() {
        know(new TaskKeying(expression("orderId"), null, 1, false, true));
        TaskRequest request = TaskRequest.named("Orders.step").argument("orderId", 42L);
        this.rig.client().enqueue(request);
        this.rig.client().enqueue(request.queue("vip"));
        this.rig.client().enqueue(request.concurrencyKey("k"));
        assertThat(keys())
                .containsExactly(
                        new TaskKey("fair:default:42", 8, TaskKey.Hold.UNTIL_CLAIMED),
                        new TaskKey("fair:vip:42", 8, TaskKey.Hold.UNTIL_CLAIMED),
                        new TaskKey("task:Orders.step:k", 1, TaskKey.Hold.UNTIL_ENDED));
    }

    @Test
    void n4_nullIsNoKey() {
        know(new TaskKeying(expression("orderId"), null, 1, false, false));
        this.rig.client().enqueue(TaskRequest.named("Orders.step").argument("orderId", null));
        assertThat(keys()).containsOnlyNulls();
    }

    @Test
    void n4_whatCannotBeAKeyIsToldToTheCallerAndNotEnqueued() {
        know(new TaskKeying(
                new KeyExpression() {
                    @Override
                    public @Nullable Object evaluate(Map<String, @Nullable Object> arguments) {
                        throw new IllegalStateException("no such property");
                    }

                    @Override
                    public String toString() {
                        return "#order.id";
                    }
                },
                null,
                1,
                false,
                false));
        assertThatExceptionOfType(TaskException.class)
                .isThrownBy(() -> this.rig.client().enqueue(TaskRequest.named("Orders.step")))
                .withMessageContaining("#order.id")
                .withMessageContaining("Orders.step")
                .withMessageContaining("no such property");
        for (String wrong : List.of("", "  ", "x".repeat(201), "a\u0000b")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> this.rig.client().with(options -> options.concurrencyKey(wrong)))
                    .withMessageContaining("1 to 200 characters");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TaskRequest.named("Orders.step").concurrencyKey(wrong));
        }
        assertThat(TaskRequest.requireValidKey("x".repeat(200))).hasSize(200);
        assertThat(keys()).isEmpty();
    }

    private List<@Nullable TaskKey> keys() {
        List<@Nullable TaskKey> keys = new java.util.ArrayList<>();
        this.rig.inserts().forEach(insert -> insert.forEach(task -> keys.add(task.key())));
        return keys;
    }

    private void know(TaskKeying keying) {
        this.rig.handlers().register(definition(keying), invocation -> null);
    }

    private static KeyExpression expression(String parameter) {
        return arguments -> arguments.get(parameter);
    }

    private static TaskDefinition definition(TaskKeying keying) {
        return new TaskDefinition(
                "Orders.step",
                List.of(),
                1,
                "default",
                null,
                null,
                TaskBackoff.UNSET,
                RetryableFailures.ALL,
                null,
                null,
                null,
                Completion.AFTER_RUN,
                null,
                List.of(new TaskParameter("orderId", Long.class, false)),
                null,
                "test",
                keying);
    }
}
