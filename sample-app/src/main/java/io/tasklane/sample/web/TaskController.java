package io.tasklane.sample.web;

import io.tasklane.TaskAdmin;
import io.tasklane.TaskClient;
import io.tasklane.TaskId;
import io.tasklane.TaskRequest;
import io.tasklane.sample.activity.Activity;
import io.tasklane.sample.activity.ActivityLog;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Single tasks: by id, cancelled and retried, and enqueued by name. */
@RestController
class TaskController {

    private final TaskClient tasks;

    private final TaskAdmin admin;

    private final ActivityLog activity;

    TaskController(TaskClient tasks, TaskAdmin admin, ActivityLog activity) {
        this.tasks = tasks;
        this.admin = admin;
        this.activity = activity;
    }

    @GetMapping("/api/tasks/{id}")
    TaskView task(@PathVariable String id) {
        return TaskView.of(this.tasks.handle(TaskId.of(id)));
    }

    /** As the page asks: many at once. */
    @GetMapping("/api/tasks")
    List<TaskView> tasks(@RequestParam List<String> id) {
        return id.stream().map(this::task).toList();
    }

    /** One that waits never runs; one that runs is interrupted. */
    @PostMapping("/api/tasks/{id}/cancel")
    Map<String, Boolean> cancel(@PathVariable String id) {
        return Map.of("cancelled", this.admin.cancel(TaskId.of(id)));
    }

    /** Runs a failed or cancelled task again, with all its retries. */
    @PostMapping("/api/tasks/{id}/retry")
    Map<String, Boolean> retry(@PathVariable String id) {
        return Map.of("queued", this.admin.retry(TaskId.of(id)));
    }

    /** For producers that do not have the bean: the name and the arguments are all it takes. */
    @PostMapping("/api/tasks/by-name/{name}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    EnqueuedTask byName(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String queue,
            @RequestBody Map<String, @Nullable Object> arguments) {
        TaskRequest request = TaskRequest.named(name);
        for (Map.Entry<String, @Nullable Object> argument : arguments.entrySet()) {
            request = request.argument(argument.getKey(), argument.getValue());
        }
        return EnqueuedTask.of(this.tasks.enqueue(queue != null ? request.queue(queue) : request));
    }

    /** What tasks did, newest first. */
    @GetMapping("/api/activity")
    List<Activity> activity() {
        return this.activity.newest();
    }
}
