package io.tasklane.worker;

import io.tasklane.QueueSpec;
import io.tasklane.queue.QueueChangeListener;
import io.tasklane.store.NewTask;
import io.tasklane.store.TaskChangeListener;
import io.tasklane.store.TaskCommitListener;
import io.tasklane.store.TaskNotice;
import io.tasklane.store.TaskNotifications;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Tells other nodes of committed tasks, of cancelled ones and of changed queues, so that they need not poll for them. Also works
 * where this application only produces. Nobody waits for it: notices are sent on a thread of its own, started by the first one,
 * and a notice that cannot be sent is told again later. Where the store has no notices it does nothing.
 */
public final class TaskNotifier
        implements TaskCommitListener, TaskChangeListener, QueueChangeListener, BeanClassLoaderAware, AutoCloseable {

    private static final Log logger = LogFactory.getLog(TaskNotifier.class);

    private static final Duration END = Duration.ofSeconds(1);

    private static final long FLUSH = Duration.ofMillis(500).toNanos();

    private final TaskNotifications notifications;

    private final Ticker ticker;

    private final String sender = UUID.randomUUID().toString();

    private final PendingNotices pending;

    private final LoopBackoff backoff;

    private final Signal sent;

    private final EngineHealth health = new EngineHealth();

    private volatile @Nullable ClassLoader classLoader = TaskNotifier.class.getClassLoader();

    private volatile @Nullable EngineLoop loop;

    private volatile boolean off;

    private boolean failing;

    /**
     * Creates a notifier; it starts by itself.
     *
     * @param notifications sends notices
     */
    public TaskNotifier(TaskNotifications notifications) {
        this(notifications, Ticker.SYSTEM);
    }

    TaskNotifier(TaskNotifications notifications, Ticker ticker) {
        this.notifications = notifications;
        this.ticker = ticker;
        this.pending = new PendingNotices(this.sender, ticker);
        this.backoff = new LoopBackoff(
                LoopBackoff.LIMIT, () -> ThreadLocalRandom.current().nextDouble());
        this.sent = new Signal(ticker);
    }

    @Override
    public void setBeanClassLoader(ClassLoader loader) {
        this.classLoader = loader;
    }

    @Override
    public void committed(List<NewTask> tasks) {
        if (!this.off && this.pending.add(tasks)) {
            wake();
        }
    }

    @Override
    public void requeued(String queue) {
        announce(List.of(queue));
    }

    @Override
    public void cancelled(long worker) {
        if (!this.off && this.pending.addCancelled(worker)) {
            wake();
        }
    }

    @Override
    public void changed(String queue) {
        if (!this.off && this.pending.addChange(queue)) {
            wake();
        }
    }

    /** Nodes read the limits of tasks with the queues. */
    @Override
    public void rateLimitChanged(String task) {
        changed(QueueSpec.DEFAULT);
    }

    /** There may be tasks for others in these queues. */
    void announce(Collection<String> queues) {
        if (!this.off && this.pending.add(queues)) {
            wake();
        }
    }

    /** Sends a notice soon, whatever it says: for this node to hear. */
    void prove() {
        if (!this.off) {
            this.pending.addProof();
            wake();
        }
    }

    /** Whether a notice is from here. */
    boolean isOwn(TaskNotice notice) {
        return notice.sender().equals(this.sender);
    }

    EngineHealth health() {
        return this.health;
    }

    TaskNotifications notifications() {
        return this.notifications;
    }

    private void wake() {
        EngineLoop running = this.loop;
        if (running == null) {
            running = start();
        }
        if (running != null) {
            running.wake();
        }
    }

    private synchronized @Nullable EngineLoop start() {
        if (this.loop == null && !this.off) {
            Engine engine = new Engine(
                    this.ticker, () -> ThreadLocalRandom.current().nextDouble(), this.health, this.classLoader);
            EngineLoop started = new EngineLoop("tasklane-notify", this::tell, engine, LoopBackoff.LIMIT);
            started.start();
            this.loop = started;
        }
        return this.loop;
    }

    /** A step of the notifier's loop. */
    private long tell() {
        TaskNotice notice = null;
        try {
            if (!this.notifications.supportsNotices()) {
                this.off = true;
                return EngineLoop.FOR_GOOD;
            }
            notice = this.pending.take();
            if (notice != null) {
                this.notifications.send(notice);
                told();
            }
            return this.pending.untilNext();
        } catch (RuntimeException ex) {
            if (notice != null) {
                this.pending.putBack(notice);
            }
            failed(ex);
            return this.backoff.nextNanos();
        }
    }

    private void told() {
        this.backoff.reset();
        this.sent.raise();
        if (this.failing) {
            this.failing = false;
            logger.info("Other nodes are told of tasks again");
        }
    }

    private void failed(RuntimeException failure) {
        if (!this.failing) {
            this.failing = true;
            String message = "Other nodes cannot be told of tasks at the moment and find them by polling (%s)"
                    .formatted(TaskErrors.line(TaskErrors.of(failure)));
            if (failure instanceof DataAccessResourceFailureException) {
                // Who works with a database that is away hears of it once: workers from the node, callers by an
                // exception.
                logger.info(message);
            } else {
                logger.warn(message);
            }
        }
    }

    /** Sends what is left, if that is possible at once, and ends. */
    @Override
    public void close() {
        EngineLoop running;
        synchronized (this) {
            this.off = true;
            running = this.loop;
        }
        if (running == null) {
            return;
        }
        this.pending.hurry();
        running.wake();
        long start = this.ticker.nanoTime();
        long left = FLUSH;
        while (!this.pending.isEmpty() && left > 0) {
            this.sent.await(left);
            left = FLUSH - (this.ticker.nanoTime() - start);
        }
        EngineLoop.stop(List.of(running), this.ticker, END);
    }
}
