package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.store.TaskNotice;
import io.tasklane.store.jdbc.JdbcStoreSettings;
import io.tasklane.store.jdbc.JdbcTaskStore;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestTables;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskNotifierTests {

    private final StubNotifications notifications = new StubNotifications();

    private final TaskNotifier notifier = new TaskNotifier(this.notifications);

    @AfterEach
    void close() {
        this.notifier.close();
    }

    @Test
    void hasNoThreadUntilThereIsSomethingToTell() throws Exception {
        assertThat(threads()).isZero();
        this.notifier.announce(Set.of());
        assertThat(threads()).isZero();
        this.notifier.announce(Set.of("a"));
        assertThat(sent().queues()).containsExactly("a");
        assertThat(threads()).isEqualTo(1);
        this.notifier.close();
        assertThat(threads()).isZero();
    }

    @Test
    void whatCannotBeSentIsSentLater() throws Exception {
        this.notifications.problem = "away";
        this.notifier.announce(Set.of("a"));
        await().until(() -> this.notifications.failures.get() > 1);
        this.notifier.announce(Set.of("b"));
        this.notifications.problem = null;
        Set<String> told = new TreeSet<>();
        await().until(() -> told.addAll(sent().queues()) && told.equals(Set.of("a", "b")));
    }

    @Test
    void whatWaitsIsSentAtTheEnd() throws Exception {
        for (int i = 0; i < 100; i++) {
            this.notifier.announce(Set.of("a"));
            this.notifier.announce(Set.of("queue" + i));
        }
        this.notifier.close();
        Set<String> told = new TreeSet<>();
        this.notifications.sent.forEach(notice -> told.addAll(notice.queues()));
        assertThat(told).hasSize(101);
    }

    @Test
    void endsWhereTheStoreHasNoNotices() {
        this.notifications.supported = false;
        this.notifier.announce(Set.of("a"));
        await().until(() -> threads() == 0);
        this.notifier.announce(Set.of("a"));
        assertThat(threads()).isZero();
        assertThat(this.notifications.sent).isEmpty();
    }

    @Test
    void otherDatabasesHaveNoNotices() {
        try (TestDatabase database = TestDatabase.h2()) {
            assertThat(supportsNotices(database, true)).isFalse();
        }
    }

    @Test
    void decision6_withoutKnownCredentialsThereAreNone() {
        try (TestDatabase database = TestDatabase.postgresql()) {
            assertThat(supportsNotices(database, false)).isFalse();
            assertThat(supportsNotices(database, true)).isTrue();
        }
    }

    private boolean supportsNotices(TestDatabase database, boolean unpooled) {
        TestTables.create(database.dataSource());
        try (JdbcTaskStore store = new JdbcTaskStore(
                database.dataSource(),
                JdbcStoreSettings.DEFAULT.withUnpooled(unpooled ? database.dataSource() : null))) {
            return store.supportsNotices();
        }
    }

    private TaskNotice sent() throws InterruptedException {
        return this.notifications.sent.poll(Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("tasklane-notify"))
                .count();
    }
}
