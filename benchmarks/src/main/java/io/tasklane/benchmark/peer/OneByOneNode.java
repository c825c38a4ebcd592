package io.tasklane.benchmark.peer;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Each worker claims one task, runs it and completes it; LISTEN and NOTIFY wake it where latency is measured. */
final class OneByOneNode implements Node {

    private static final long PAUSE_MILLIS = 2;

    private static final int LISTEN_MILLIS = 100;

    private final BareStore store;

    private final NodeSettings settings;

    private final BareThreads threads = new BareThreads();

    private final Semaphore arrivals = new Semaphore(0);

    OneByOneNode(BareStore store, NodeSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    @Override
    public void enqueue(int task) throws SQLException {
        try (Connection connection = this.store.connection()) {
            this.store.insert(connection, task);
        }
    }

    /** The signal follows in a transaction of its own, so that no commit waits for it. */
    @Override
    public long enqueueTimed(int task) throws SQLException {
        try (Connection connection = this.store.connection();
                Statement statement = connection.createStatement()) {
            this.store.insert(connection, task);
            long committed = System.nanoTime();
            statement.execute("NOTIFY bare");
            return committed;
        }
    }

    @Override
    public void enqueueAll(int from, int to) throws SQLException {
        this.store.insertAll(from, to);
    }

    @Override
    public void start() {
        if (this.settings.signal()) {
            this.threads.start("bare-listen", this::listen);
        }
        for (int i = 0; i < this.settings.concurrency(); i++) {
            this.threads.start("bare-" + i, this::work);
        }
    }

    private void work() throws SQLException, InterruptedException {
        while (!this.threads.isStopped()) {
            List<BareTask> tasks = claim();
            for (BareTask task : tasks) {
                BareTask ended = task.run(this.settings.body());
                try (Connection connection = this.store.connection()) {
                    this.store.complete(connection, List.of(ended));
                }
            }
            if (tasks.isEmpty()) {
                await();
            }
        }
    }

    private List<BareTask> claim() throws SQLException {
        try (Connection connection = this.store.connection()) {
            return this.store.claim(connection, 1);
        }
    }

    private void await() throws InterruptedException {
        if (this.settings.signal()) {
            this.arrivals.tryAcquire(LISTEN_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private void listen() throws SQLException {
        try (Connection connection = this.store.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("LISTEN bare");
            PGConnection session = connection.unwrap(PGConnection.class);
            while (!this.threads.isStopped()) {
                PGNotification[] notifications = session.getNotifications(LISTEN_MILLIS);
                if (notifications != null) {
                    this.arrivals.release(notifications.length);
                }
            }
            statement.execute("UNLISTEN *");
        }
    }

    @Override
    public void close() throws InterruptedException {
        try (this.store;
                this.threads) {
            // Closed in the opposite order.
        }
    }
}
