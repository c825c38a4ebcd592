package io.tasklane.sample.web;

import io.tasklane.TaskQueues;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Queues: how many tasks wait, a switch for each, and another try for what has failed. */
@RestController
class QueueController {

    /** A task that fails for good again and again is tried so often by hand. */
    private static final int MAX_REQUEUES = 3;

    private final TaskQueues queues;

    QueueController(TaskQueues queues) {
        this.queues = queues;
    }

    @GetMapping("/api/queues")
    Map<String, Long> depths() {
        return this.queues.depths();
    }

    @PostMapping("/api/queues/{name}/pause")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void pause(@PathVariable String name) {
        this.queues.pause(name);
    }

    @PostMapping("/api/queues/{name}/resume")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void resume(@PathVariable String name) {
        this.queues.resume(name);
    }

    @PostMapping("/api/queues/{name}/requeue-failed")
    Map<String, Long> requeueFailed(@PathVariable String name) {
        return Map.of("requeued", this.queues.queue(name).requeueFailed(MAX_REQUEUES));
    }
}
