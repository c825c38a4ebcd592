package io.tasklane.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.store.TaskNotice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoticeTextTests {

    @Test
    void a31_workersAreToldOfApartSoThatOlderNodesStillHearOfTheQueues() {
        TaskNotice notice = new TaskNotice("me", Set.of("a"), null, Set.of(12L, 3L));

        assertThat(NoticeText.format(notice)).containsExactly("me !3 !12", "me a");
        assertThat(NoticeText.parse("me !3 !12")).isEqualTo(new TaskNotice("me", Set.of(), null, Set.of(3L, 12L)));
        assertThat(NoticeText.format(new TaskNotice("me", Set.of(), null, Set.of(3L))))
                .containsExactly("me !3");
    }

    @Test
    void saysWhoAndWhatAndWhen() {
        TaskNotice notice = new TaskNotice("me", Set.of("b", "a"), Duration.ofNanos(1_000_001), Set.of());

        assertThat(NoticeText.format(notice)).containsExactly("me +2 a b");
        assertThat(NoticeText.parse("me +2 a b"))
                .isEqualTo(new TaskNotice("me", Set.of("a", "b"), Duration.ofMillis(2), Set.of()));
    }

    @Test
    void aTimeThatOnlyTheStoreKnowsStaysUnknown() {
        TaskNotice notice = new TaskNotice("me", Set.of(), Duration.ZERO, Set.of());

        assertThat(NoticeText.parse(NoticeText.format(notice).get(0))).isEqualTo(notice);
    }

    @Test
    void aChangeOfQueuesIsToldOfApartFromThemForNodesThatDoNotKnowTheWord() {
        TaskNotice notice = new TaskNotice("me", Set.of("a"), null, Set.of(), true);

        assertThat(NoticeText.format(notice)).containsExactly("me ~", "me a");
        assertThat(NoticeText.parse("me ~")).isEqualTo(new TaskNotice("me", Set.of(), null, Set.of(), true));
    }

    @Test
    void n4_blockedTasksAreToldOfApartForNodesThatDoNotKnowTheWord() {
        TaskNotice notice = new TaskNotice("me", Set.of("a"), null, Set.of(), false, true);

        assertThat(NoticeText.format(notice)).containsExactly("me =", "me a");
        assertThat(NoticeText.parse("me =")).isEqualTo(new TaskNotice("me", Set.of(), null, Set.of(), false, true));
    }

    @Test
    void withoutAnythingItIsAProof() {
        TaskNotice notice = new TaskNotice("me", Set.of(), null, Set.of());

        assertThat(NoticeText.format(notice)).containsExactly("me");
        assertThat(NoticeText.parse("me")).isEqualTo(notice);
    }

    @Test
    void manyLongNamesAreCutIntoPayloadsThatPostgresqlTakes() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            names.add("%0100d".formatted(i));
        }
        List<String> payloads = NoticeText.format(new TaskNotice("me", names, Duration.ofMillis(7), Set.of()));

        assertThat(payloads)
                .allSatisfy(payload ->
                        assertThat(payload.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(8_000));
        Set<String> read = new HashSet<>();
        payloads.forEach(payload -> read.addAll(NoticeText.parse(payload).queues()));
        assertThat(read).isEqualTo(names);
        assertThat(payloads.stream().map(NoticeText::parse).map(TaskNotice::untilDue))
                .containsOnlyOnce(Duration.ofMillis(7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "me  a", "+5", "me a;drop table", "me +", "me +x", "me +9999999999999999999", "mé a"})
    void whatOthersNotifyIsNoNotice(String payload) {
        assertThat(NoticeText.parse(payload)).isNull();
    }
}
