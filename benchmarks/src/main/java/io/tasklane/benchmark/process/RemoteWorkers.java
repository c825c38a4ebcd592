package io.tasklane.benchmark.process;

import io.tasklane.benchmark.peer.NodeSettings;
import io.tasklane.benchmark.peer.Peer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The worker processes of a run, started when they are needed first. */
public final class RemoteWorkers implements AutoCloseable {

    private final List<RemoteWorker> workers = new ArrayList<>();

    /** Returns so many processes. */
    public List<RemoteWorker> first(int count) throws IOException {
        while (this.workers.size() < count) {
            this.workers.add(RemoteWorker.start(this.workers.size()));
        }
        return List.copyOf(this.workers.subList(0, count));
    }

    /** Opens and starts a node in each of so many processes, waits as told, and closes them. */
    public void work(int count, Peer peer, NodeSettings settings, Runnable wait) throws IOException {
        List<RemoteWorker> workers = first(count);
        for (RemoteWorker worker : workers) {
            worker.open(peer, settings);
        }
        try {
            for (RemoteWorker worker : workers) {
                worker.startNode();
            }
            wait.run();
        } finally {
            for (RemoteWorker worker : workers) {
                worker.closeNode();
            }
        }
    }

    /** Ends all processes. */
    @Override
    public void close() {
        this.workers.forEach(RemoteWorker::close);
        this.workers.clear();
    }
}
