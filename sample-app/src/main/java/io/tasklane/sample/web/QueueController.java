package io.tasklane.sample.web;

import io.tasklane.TaskQueues;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Queues: how many tasks wait, and a switch for each. */
@RestController
class QueueController {

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
}
