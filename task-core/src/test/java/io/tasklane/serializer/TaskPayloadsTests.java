package io.tasklane.serializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tasklane.Completion;
import io.tasklane.PayloadUpgrader;
import io.tasklane.TaskPayloadException;
import io.tasklane.handler.RetryableFailures;
import io.tasklane.handler.TaskBackoff;
import io.tasklane.handler.TaskDefinition;
import io.tasklane.handler.TaskParameter;
import io.tasklane.serializer.jackson.JacksonTaskSerializer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskPayloadsTests {

    /** Version 1 had only the user; version 2 named it userId; version 3 added an amount that was in cents. */
    private static final List<PayloadUpgrader> STEPS = List.of(
            PayloadUpgrader.of("Mailer.hello", 2, arguments -> {
                Object cents = arguments.remove("cents");
                arguments.put("amount", cents instanceof BigDecimal exact ? exact.movePointLeft(2) : BigDecimal.ZERO);
            }),
            PayloadUpgrader.of("Mailer.welcome", 1, arguments -> arguments.put("userId", arguments.remove("user"))),
            PayloadUpgrader.of("Other.task", 1, Map::clear));

    @Test
    void r23_aPayloadOfTheVersionThatIsHereIsReadAsItIs() {
        assertThat(read(STEPS, 3, "{\"userId\":7,\"amount\":1.10}")).containsExactly(7L, new BigDecimal("1.10"), null);
    }

    @Test
    void r23_anOlderPayloadRunsThroughAllStepsAlsoThoseOfAnAlias() {
        assertThat(read(STEPS, 1, "{\"user\":7}")).containsExactly(7L, BigDecimal.ZERO, null);
        assertThat(read(STEPS, 2, "{\"userId\":7,\"cents\":12345678901234567890.5}"))
                .containsExactly(7L, new BigDecimal("123456789012345678.905"), null);
    }

    @Test
    void r23_aNewerPayloadIsRefusedAndSaysWhoRunsIt() {
        assertThatExceptionOfType(TaskPayloadException.class)
                .isThrownBy(() -> read(STEPS, 4, "{}"))
                .withMessageContaining("'Mailer.now'")
                .withMessageContaining("version 4, newer than version 3");
    }

    @Test
    void r23_aMissingStepIsRefusedAndNamesItsVersion() {
        assertThatExceptionOfType(TaskPayloadException.class)
                .isThrownBy(() -> read(STEPS.subList(1, 2), 1, "{\"user\":7}"))
                .withMessageContaining("no PayloadUpgrader bean reads version 2");
        assertThatExceptionOfType(TaskPayloadException.class)
                .isThrownBy(() -> read(List.of(), 1, "{\"user\":7}"))
                .withMessageContaining("no PayloadUpgrader bean reads version 1");
    }

    @Test
    void aStepThatFailsIsAPayloadThatCannotBeRead() {
        PayloadUpgrader broken = PayloadUpgrader.of("Mailer.welcome", 2, arguments -> {
            throw new IllegalStateException("no amount");
        });
        assertThatExceptionOfType(TaskPayloadException.class)
                .isThrownBy(() -> read(List.of(broken), 2, "{}"))
                .withMessageContaining("PayloadUpgrader.of(\"Mailer.welcome\", 2, ...)")
                .withMessageContaining("no amount");
        for (String payload : List.of("{", "[]", "null", "{} {}", "7")) {
            assertThatExceptionOfType(TaskPayloadException.class)
                    .as(payload)
                    .isThrownBy(() -> read(STEPS, 2, payload))
                    .withMessageContaining("'Mailer.now'");
        }
    }

    @Test
    void stepsThatCannotBeMeantAreToldOf() {
        PayloadUpgrader first = PayloadUpgrader.of("Mailer.welcome", 1, Map::clear);
        assertThat(problems(3, STEPS)).isEmpty();
        assertThat(problems(3, List.of(PayloadUpgrader.of("Mailer.welcome", 2, Map::clear))))
                .isEmpty();
        assertThat(problems(3, List.of(first)))
                .containsExactly("no PayloadUpgrader reads version 2, so that the steps before it lead nowhere");
        assertThat(problems(2, List.of(first, PayloadUpgrader.of("Mailer.hello", 1, Map::clear))))
                .singleElement()
                .asString()
                .startsWith("several PayloadUpgraders read version 1: ");
        assertThat(problems(1, List.of(first)))
                .singleElement()
                .asString()
                .contains("reads version 1, but the version of the task is 1");
        assertThat(problems(2, List.of(PayloadUpgrader.of("Mailer.welcome", 0, Map::clear))))
                .singleElement()
                .asString()
                .contains("reads version 0");
    }

    @Test
    void stepsOfTasksThatAreNotHereAreFound() {
        assertThat(new PayloadUpgrades(STEPS).without(List.of(definition(3)))).containsExactly(STEPS.get(2));
    }

    private static List<String> problems(int version, List<PayloadUpgrader> steps) {
        List<String> problems = new ArrayList<>();
        new PayloadUpgrades(steps).check(definition(version), problems::add);
        return problems;
    }

    private static Object[] read(List<PayloadUpgrader> steps, int version, String payload) {
        TaskPayloads payloads =
                new TaskPayloads(new JacksonTaskSerializer(List.of(), 1000), new PayloadUpgrades(steps));
        return payloads.arguments(definition(3), "Mailer.now", version, payload);
    }

    private static TaskDefinition definition(int version) {
        return new TaskDefinition(
                "Mailer.welcome",
                List.of("Mailer.hello"),
                version,
                "default",
                null,
                null,
                TaskBackoff.UNSET,
                RetryableFailures.ALL,
                null,
                null,
                Completion.AFTER_RUN,
                null,
                List.of(
                        new TaskParameter("userId", long.class, false),
                        new TaskParameter("amount", BigDecimal.class, false),
                        new TaskParameter("template", String.class, false)),
                null,
                "test");
    }
}
