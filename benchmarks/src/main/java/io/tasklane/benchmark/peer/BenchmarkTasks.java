package io.tasklane.benchmark.peer;

import io.tasklane.Task;

/** The task methods that Tasklane runs. */
public class BenchmarkTasks {

    /** Name of the task. */
    static final String TASK = "benchmark";

    /** Queue of the tasks. */
    public static final String QUEUE = "benchmark";

    /** Name of the task for which a limit can be configured. */
    public static final String LIMITED = "limited";

    private final TaskBody body;

    BenchmarkTasks(TaskBody body) {
        this.body = body;
    }

    /** A call enqueues; a worker runs the body. */
    @Task(name = TASK, queue = QUEUE)
    public void run(int task) {
        this.body.run(task);
    }

    /** The same under another name. */
    @Task(name = LIMITED, queue = QUEUE)
    public void limited(int task) {
        this.body.run(task);
    }

    /** The same, those of a key one after the other. */
    @Task(name = "keyed", queue = QUEUE, concurrencyKey = "#key")
    public void keyed(int key, int task) {
        this.body.run(task);
    }

    /** The same, tenants in turn. */
    @Task(name = "fair", queue = QUEUE, fairKey = "#tenant")
    public void fair(String tenant, int task) {
        this.body.run(task);
    }
}
