package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tasklane.store.TaskNotice;
import io.tasklane.worker.NotificationHealth.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The listener's step, by the clock. */
@Timeout(60)
class NoticeListenerTests implements NoticeListener.Receiver {

    private final StubNotifications notifications = new StubNotifications();

    private final ManualTicker ticker = new ManualTicker();

    /** Sends by the real clock, so that a proof that is asked for is sent. */
    private final TaskNotifier notifier = new TaskNotifier(this.notifications);

    private final List<Object> received = new ArrayList<>();

    private final NoticeListener listener = new NoticeListener(
            this.notifier,
            this,
            new Engine(this.ticker, () -> 0, new EngineHealth(), getClass().getClassLoader()));

    @AfterEach
    void close() {
        this.notifier.close();
    }

    @Test
    void isAliveOnceItHearsItself() throws Exception {
        assertThat(state()).isEqualTo(State.STARTING);
        assertThat(this.listener.listen()).isZero();
        assertThat(this.received).containsExactly("missed", Set.of());
        assertThat(state()).isEqualTo(State.STARTING);
        hearItself();
        assertThat(state()).isEqualTo(State.ALIVE);
    }

    @Test
    void tellsWhatOthersTell() {
        this.notifications.heard.add(new TaskNotice("other", Set.of("a"), Duration.ofMillis(300), Set.of()));
        this.notifications.heard.add(new TaskNotice("third", Set.of("a", "b"), null, Set.of(12L)));
        this.listener.listen();
        assertThat(this.received).containsExactly("missed", Duration.ofMillis(300), Set.of("a", "b"), Set.of(12L));
    }

    @Test
    void n4_tellsOnceOfBlockedTasks() {
        this.notifications.heard.add(new TaskNotice("other", Set.of(), null, Set.of(), false, true));
        this.notifications.heard.add(new TaskNotice("third", Set.of("a"), null, Set.of(), false, true));
        this.listener.listen();
        assertThat(this.received).containsExactly("missed", "blocked", Set.of("a"));
    }

    @Test
    void tellsOnceOfQueuesThatHaveChanged() {
        this.notifications.heard.add(new TaskNotice("other", Set.of("a"), null, Set.of(), true));
        this.notifications.heard.add(new TaskNotice("third", Set.of("b"), null, Set.of(), true));
        this.listener.listen();
        assertThat(this.received).containsExactly("missed", "changed", Set.of("a", "b"));
    }

    @Test
    void wakesNobodyForWhatItToldItself() throws Exception {
        this.notifier.announce(Set.of("a"));
        this.notifications.heard.add(this.notifications.sent.poll(10, TimeUnit.SECONDS));
        this.listener.listen();
        assertThat(this.received).containsExactly("missed", Set.of());
        assertThat(state()).isEqualTo(State.ALIVE);
    }

    @Test
    void asksForAProofWhenItHasNotHeardItselfForLong() throws Exception {
        this.listener.listen();
        hearItself();
        this.ticker.advance(NoticeListener.PROOF_INTERVAL.minusMillis(1));
        this.listener.listen();
        assertThat(this.notifications.sent).isEmpty();
        this.ticker.advance(Duration.ofMillis(1));
        this.listener.listen();
        hearItself();
        this.ticker.advance(NoticeListener.PROOF_INTERVAL.minusMillis(1));
        assertThat(this.listener.listen()).isZero();
        assertThat(state()).isEqualTo(State.ALIVE);
    }

    @Test
    void silenceIsNotAliveAndListensAnewWithBackoff() throws Exception {
        this.listener.listen();
        this.ticker.advance(NoticeListener.SILENT_AFTER.minusMillis(1));
        assertThat(this.listener.listen()).isZero();
        this.ticker.advance(Duration.ofMillis(1));
        long first = this.listener.listen();
        assertThat(state()).isEqualTo(State.NOT_ALIVE);
        assertThat(this.listener.health().problem()).contains("PgBouncer");
        assertThat(this.notifications.closes).hasValue(1);

        this.listener.listen();
        assertThat(this.notifications.listens).hasValue(2);
        assertThat(state()).isEqualTo(State.NOT_ALIVE);
        this.ticker.advance(NoticeListener.SILENT_AFTER);
        assertThat(this.listener.listen()).isEqualTo(2 * first).isPositive();

        this.listener.listen();
        hearItself();
        assertThat(state()).isEqualTo(State.ALIVE);
    }

    @Test
    void aBrokenConnectionIsReplacedAndEverythingLookedFor() throws Exception {
        this.listener.listen();
        hearItself();
        this.received.clear();
        this.notifications.problem = "terminated";
        assertThat(this.listener.listen()).isEqualTo(Duration.ofMillis(100).toNanos());
        assertThat(this.listener.listen()).isEqualTo(Duration.ofMillis(200).toNanos());
        assertThat(this.listener.health().problem()).contains("terminated");
        assertThat(this.notifications.closes).hasValue(1);
        assertThat(this.received).isEmpty();
        this.notifications.problem = null;
        this.listener.listen();
        assertThat(this.received).startsWith("missed");
        hearItself();
        assertThat(state()).isEqualTo(State.ALIVE);
    }

    @Test
    void endsWhereTheStoreHasNoNotices() {
        this.notifications.supported = false;
        assertThat(this.listener.listen()).isEqualTo(EngineLoop.FOR_GOOD);
        assertThat(state()).isEqualTo(State.UNAVAILABLE);
    }

    @Test
    void endsQuietlyWhenItIsClosed() {
        this.listener.listen();
        this.listener.close();
        this.notifications.problem = "closed";
        assertThat(this.listener.listen()).isEqualTo(EngineLoop.FOR_GOOD);
        assertThat(state()).isEqualTo(State.STARTING);
    }

    @Test
    void anErrorIsTheLoopsBusiness() {
        NoticeListener broken = new NoticeListener(
                this.notifier,
                new NoticeListener.Receiver() {
                    @Override
                    public void ready(Set<String> queues) {}

                    @Override
                    public void dueIn(Duration delay) {}

                    @Override
                    public void cancelled(Set<Long> workers) {}

                    @Override
                    public void blocked() {}

                    @Override
                    public void queuesChanged() {}

                    @Override
                    public void mayHaveMissed() {
                        throw new AssertionError("broken");
                    }
                },
                Engine.create(this.ticker, null));
        assertThatExceptionOfType(AssertionError.class).isThrownBy(broken::listen);
    }

    private State state() {
        return this.listener.health().state();
    }

    private void hearItself() throws InterruptedException {
        this.notifications.heard.add(this.notifications.sent.poll(10, TimeUnit.SECONDS));
        this.listener.listen();
    }

    @Override
    public void blocked() {
        this.received.add("blocked");
    }

    @Override
    public void ready(Set<String> queues) {
        this.received.add(queues);
    }

    @Override
    public void dueIn(Duration delay) {
        this.received.add(delay);
    }

    @Override
    public void cancelled(Set<Long> workers) {
        if (!workers.isEmpty()) {
            this.received.add(workers);
        }
    }

    @Override
    public void queuesChanged() {
        this.received.add("changed");
    }

    @Override
    public void mayHaveMissed() {
        this.received.add("missed");
    }
}
