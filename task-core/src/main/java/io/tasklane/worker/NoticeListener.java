package io.tasklane.worker;

import io.tasklane.store.TaskNotice;
import io.tasklane.store.TaskNotifications;
import io.tasklane.store.TaskNotifications.Listening;
import io.tasklane.worker.NotificationHealth.State;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Hears of tasks that other nodes tell of. Now and then the node tells itself something: what it does not hear then proves that
 * notices are lost on the way, as they are with a pooler between. It listens anew whenever that happens.
 */
final class NoticeListener {

    private static final Log logger = LogFactory.getLog(NoticeListener.class);

    /** Rare, as each proof is a statement of an idle node. */
    static final Duration PROOF_INTERVAL = Duration.ofSeconds(60);

    static final Duration SILENT_AFTER = Duration.ofSeconds(10);

    /** Below the time that loops have to end, should closing the connection not end the wait. */
    private static final Duration WAIT = Duration.ofMillis(500);

    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

    private final TaskNotifier notifier;

    private final TaskNotifications notifications;

    private final Receiver receiver;

    private final Ticker ticker;

    private final LoopBackoff backoff;

    private volatile @Nullable Listening listening;

    private volatile NotificationHealth health = new NotificationHealth(State.STARTING, null);

    private volatile boolean closed;

    private boolean waiting;

    /** When the proof was asked for that is waited for, or when the last one was heard. */
    private long proof;

    NoticeListener(TaskNotifier notifier, Receiver receiver, Engine engine) {
        this.notifier = notifier;
        this.notifications = notifier.notifications();
        this.receiver = receiver;
        this.ticker = engine.ticker();
        this.backoff = new LoopBackoff(LONGEST_BACKOFF, engine.random());
    }

    /** A step of the listener's loop. */
    long listen() {
        try {
            if (!this.notifications.supportsNotices()) {
                this.health = new NotificationHealth(State.UNAVAILABLE, null);
                return EngineLoop.FOR_GOOD;
            }
            Listening open = this.listening;
            hear((open != null ? open : open()).await(WAIT));
        } catch (RuntimeException ex) {
            return lost(TaskErrors.line(TaskErrors.of(ex)), ex instanceof DataAccessResourceFailureException);
        }
        return check();
    }

    private Listening open() {
        Listening opened = this.notifications.listen();
        this.listening = opened;
        if (this.closed) {
            opened.close();
        }
        this.receiver.mayHaveMissed();
        prove();
        return opened;
    }

    private void prove() {
        this.waiting = true;
        this.proof = this.ticker.nanoTime();
        this.notifier.prove();
    }

    private void hear(List<TaskNotice> notices) {
        Set<String> queues = new HashSet<>();
        Set<Long> workers = new HashSet<>();
        boolean changed = false;
        boolean blocked = false;
        for (TaskNotice notice : notices) {
            if (this.notifier.isOwn(notice)) {
                proven();
                continue;
            }
            queues.addAll(notice.queues());
            if (notice.untilDue() != null) {
                this.receiver.dueIn(notice.untilDue());
            }
            workers.addAll(notice.workers());
            changed |= notice.queuesChanged();
            blocked |= notice.blocked();
        }
        if (blocked) {
            this.receiver.blocked();
        }
        if (changed) {
            this.receiver.queuesChanged();
        }
        this.receiver.ready(queues);
        this.receiver.cancelled(workers);
    }

    private void proven() {
        this.waiting = false;
        this.proof = this.ticker.nanoTime();
        this.backoff.reset();
        if (this.health.state() == State.NOT_ALIVE) {
            logger.info("Notices of other nodes arrive again");
        }
        this.health = new NotificationHealth(State.ALIVE, null);
    }

    private long check() {
        long since = this.ticker.nanoTime() - this.proof;
        if (this.waiting && since >= SILENT_AFTER.toNanos()) {
            return lost("notices do not arrive; a pooler such as PgBouncer in transaction mode loses them", false);
        }
        if (!this.waiting && since >= PROOF_INTERVAL.toNanos()) {
            prove();
        }
        return 0;
    }

    private long lost(String problem, boolean unreachable) {
        Listening broken = this.listening;
        this.listening = null;
        if (broken != null) {
            broken.close();
        }
        if (this.closed) {
            return EngineLoop.FOR_GOOD;
        }
        if (this.health.state() != State.NOT_ALIVE) {
            String message = "Tasks that other nodes enqueue are found by polling for now: " + problem;
            if (unreachable) {
                // The node warns of a database that is away, once for all of it.
                logger.info(message);
            } else {
                logger.warn(message);
            }
        }
        this.health = new NotificationHealth(State.NOT_ALIVE, problem);
        return this.backoff.nextNanos();
    }

    NotificationHealth health() {
        return this.health;
    }

    /** Ends the wait; the loop is to be ended next. */
    void close() {
        this.closed = true;
        Listening open = this.listening;
        if (open != null) {
            open.close();
        }
    }

    /** What is to be done on this node about what was heard. */
    interface Receiver {

        /** There may be tasks in these queues. */
        void ready(Set<String> queues);

        /** A task becomes due in a while, or, if that is zero, when only the store knows. */
        void dueIn(Duration delay);

        /** Tasks that these workers run were cancelled. */
        void cancelled(Set<Long> workers);

        /** BLOCKED tasks were enqueued whose keys may have room. */
        void blocked();

        /** Queues were declared, changed or deleted. */
        void queuesChanged();

        /** Nothing was heard for a while: there may be tasks anywhere, and queues may have changed. */
        void mayHaveMissed();
    }
}
