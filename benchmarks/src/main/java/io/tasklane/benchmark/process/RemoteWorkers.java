package io.tasklane.benchmark.process;

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

    /** Ends all processes. */
    @Override
    public void close() {
        this.workers.forEach(RemoteWorker::close);
        this.workers.clear();
    }
}
