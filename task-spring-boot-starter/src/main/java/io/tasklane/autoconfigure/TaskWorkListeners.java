package io.tasklane.autoconfigure;

import io.tasklane.observation.TaskWorkListener;
import java.time.Duration;
import java.util.List;

/** Tells all listeners. */
class TaskWorkListeners implements TaskWorkListener {

    private final List<TaskWorkListener> listeners;

    TaskWorkListeners(List<TaskWorkListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void started(String queue, String task, Duration wait) {
        for (TaskWorkListener listener : this.listeners) {
            listener.started(queue, task, wait);
        }
    }

    @Override
    public void leaseLost(String queue, String task) {
        for (TaskWorkListener listener : this.listeners) {
            listener.leaseLost(queue, task);
        }
    }
}
