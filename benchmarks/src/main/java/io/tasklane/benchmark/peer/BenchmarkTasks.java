package io.tasklane.benchmark.peer;

import io.tasklane.Task;

/** The task method that Tasklane runs. */
public class BenchmarkTasks {

    /** Name of the task. */
    static final String TASK = "benchmark";

    /** Queue of the task. */
    static final String QUEUE = "benchmark";

    private final TaskBody body;

    BenchmarkTasks(TaskBody body) {
        this.body = body;
    }

    /** A call enqueues; a worker runs the body. */
    @Task(name = TASK, queue = QUEUE)
    public void run(int task) {
        this.body.run(task);
    }
}
