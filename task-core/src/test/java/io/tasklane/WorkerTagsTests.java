package io.tasklane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which workers a queue means. */
class WorkerTagsTests {

    private static final List<String> TAGS = List.of("*", "java=21.0.4", "os=Linux", "has=gpu", "has=large-disk");

    @ParameterizedTest
    @CsvSource({
        "has=gpu, true",
        "has=gp, false",
        "as=gpu, false",
        "has=GPU, false",
        "java=21\\.0\\.[0-9]+, true",
        "java=2, false",
        "java=2.*, true",
        "has=(tpu|gpu), true",
        "*, true",
        ".*, true",
        "has=tpu, false",
    })
    void c14_x23_anExpressionMatchesATagInFull(String expression, boolean matches) {
        assertThat(WorkerTags.of(expression).match(TAGS)).isEqualTo(matches);
    }

    @Test
    void c11_anyExpressionWillDoAndNoneIsNobody() {
        assertThat(WorkerTags.of("has=tpu", "has=large-disk").match(TAGS)).isTrue();
        assertThat(WorkerTags.of("has=tpu", "has=fpga").match(TAGS)).isFalse();
        assertThat(WorkerTags.of().match(TAGS)).isFalse();
        assertThat(WorkerTags.of("has=gpu").match(List.of())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "",
                " ",
                "a,b",
                "has=x{2,3}",
                "(?=look)ahead",
                "(a)\\1",
                "**",
                "a\nb",
                "((a{1000}){1000}){1000}"
            })
    void c14_x23_whatIsNoExpressionIsRefused(String expression) {
        assertThatExceptionOfType(InvalidQueueSettingException.class)
                .isThrownBy(() -> WorkerTags.of("has=gpu", expression))
                .satisfies(ex -> assertThat(ex.setting()).isEqualTo("tags"))
                .withMessageContaining("'" + expression.strip() + "'; allowed: at most 50 regular expressions of RE2");
    }

    @Test
    void x23_tooManyAndTooLongOnesAreRefused() {
        assertThatExceptionOfType(InvalidQueueSettingException.class).isThrownBy(() -> WorkerTags.of("x".repeat(201)));
        assertThat(WorkerTags.of("x".repeat(200)).expressions()).hasSize(1);
        List<String> fiftyOne =
                IntStream.range(0, 51).mapToObj(number -> "has=" + number).toList();
        assertThatExceptionOfType(InvalidQueueSettingException.class).isThrownBy(() -> WorkerTags.of(fiftyOne));
        assertThat(WorkerTags.of(Collections.nCopies(51, "has=gpu")).expressions())
                .containsExactly("has=gpu");
    }

    @Test
    @Timeout(10)
    void x23_noExpressionTakesForEver() {
        WorkerTags evil = WorkerTags.of("(a|a)*b", "(a+)+b", "(.*)*x");
        assertThat(evil.match(List.of("a".repeat(100_000)))).isFalse();
    }

    @Test
    void orderAndDuplicatesDoNotCountAndTheTextGivesTheSameBack() {
        WorkerTags tags = WorkerTags.of("os=Linux", " has=gpu ", "os=Linux");
        assertThat(tags)
                .isEqualTo(WorkerTags.of("has=gpu", "os=Linux"))
                .hasSameHashCodeAs(WorkerTags.of("has=gpu", "os=Linux"));
        assertThat(tags).hasToString("[has=gpu, os=Linux]").isNotEqualTo(WorkerTags.of("has=gpu"));
        assertThat(tags.toText()).isEqualTo("has=gpu,os=Linux");
        assertThat(WorkerTags.parse("os=Linux, has=gpu")).isEqualTo(tags);
        assertThat(WorkerTags.parse("")).isEqualTo(WorkerTags.of());
        assertThat(QueueSpec.named("gpu").concurrency(1).tags("has=gpu").settings())
                .hasToString("{concurrency=1, tags=[has=gpu]}");
    }
}
