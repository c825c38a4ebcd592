package io.tasklane.actuate;

import io.tasklane.worker.NotificationHealth;
import io.tasklane.worker.WorkerContainerInfo;
import io.tasklane.worker.WorkerContainers;
import io.tasklane.worker.WorkerHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** A node whose containers and health a test sets. */
public class StubWorkerContainers implements WorkerContainers {

    private final List<WorkerContainerInfo> containers = new ArrayList<>();

    private OptionalLong workerId = OptionalLong.empty();

    private WorkerHealth health =
            new WorkerHealth(Map.of(), Map.of(), Set.of(), Set.of(), List.of(), NotificationHealth.OFF);

    /** Adds a container. */
    public StubWorkerContainers with(WorkerContainerInfo container) {
        this.containers.add(container);
        return this;
    }

    /** Sets the id as a worker. */
    public StubWorkerContainers joined(long id) {
        this.workerId = OptionalLong.of(id);
        return this;
    }

    /** Sets the health. */
    public StubWorkerContainers feels(WorkerHealth health) {
        this.health = health;
        return this;
    }

    @Override
    public List<WorkerContainerInfo> containers() {
        return List.copyOf(this.containers);
    }

    @Override
    public OptionalLong workerId() {
        return this.workerId;
    }

    @Override
    public void stop(String container) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void start(String container) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void stopConsuming(String queue) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void startConsuming(String queue) {
        throw new UnsupportedOperationException();
    }

    @Override
    public WorkerHealth health() {
        return this.health;
    }
}
