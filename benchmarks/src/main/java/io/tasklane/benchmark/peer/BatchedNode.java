package io.tasklane.benchmark.peer;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One connection claims, many threads run, one connection completes. */
final class BatchedNode implements Node {

    private static final int LARGEST_COMPLETION = 1_000;

    private static final long PAUSE_MILLIS = 2;

    private final BareStore store;

    private final NodeSettings settings;

    private final int batch;

    private final BlockingQueue<BareTask> claimed;

    private final BlockingQueue<BareTask> ended = new LinkedBlockingQueue<>();

    // Stopped in this order, so that whatever is claimed is run, and whatever has run is completed.
    private final BareThreads claiming = new BareThreads();

    private final BareThreads running = new BareThreads();

    private final BareThreads completing = new BareThreads();

    BatchedNode(BareStore store, NodeSettings settings, int batch) {
        this.store = store;
        this.settings = settings;
        this.batch = batch;
        this.claimed = new ArrayBlockingQueue<>(2 * batch);
    }

    @Override
    public void enqueue(int task) throws SQLException {
        try (Connection connection = this.store.connection()) {
            this.store.insert(connection, task);
        }
    }

    @Override
    public void enqueueAll(int from, int to) throws SQLException {
        this.store.insertAll(from, to);
    }

    @Override
    public void start() {
        this.claiming.start("bare-claim", this::claim);
        for (int i = 0; i < this.settings.concurrency(); i++) {
            this.running.start("bare-run-" + i, this::run);
        }
        this.completing.start("bare-complete", this::complete);
    }

    private void claim() throws SQLException, InterruptedException {
        try (Connection connection = this.store.connection()) {
            while (!this.claiming.isStopped()) {
                List<BareTask> tasks = this.store.claim(connection, this.batch);
                for (BareTask task : tasks) {
                    this.claimed.put(task);
                }
                if (tasks.isEmpty()) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        }
    }

    private void run() throws InterruptedException {
        while (!this.running.isStopped() || !this.claimed.isEmpty()) {
            BareTask task = this.claimed.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            if (task != null) {
                this.ended.add(task.run(this.settings.body()));
            }
        }
    }

    private void complete() throws SQLException, InterruptedException {
        List<BareTask> tasks = new ArrayList<>();
        try (Connection connection = this.store.connection()) {
            while (!this.completing.isStopped() || !this.ended.isEmpty()) {
                BareTask first = this.ended.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    tasks.add(first);
                    this.ended.drainTo(tasks, LARGEST_COMPLETION - 1);
                    this.store.complete(connection, tasks);
                    tasks.clear();
                }
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        try (this.store;
                this.completing;
                this.running;
                this.claiming) {
            // Closed in the opposite order.
        }
    }
}
