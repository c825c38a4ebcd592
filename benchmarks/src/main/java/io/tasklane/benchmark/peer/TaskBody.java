package io.tasklane.benchmark.peer;

/** What every task does, whoever runs it. */
@FunctionalInterface
public interface TaskBody {

    /**
     * Runs a task.
     *
     * @param task number of the task, from 0
     */
    void run(int task);
}
