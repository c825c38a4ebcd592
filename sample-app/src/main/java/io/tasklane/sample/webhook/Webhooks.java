package io.tasklane.sample.webhook;

import io.tasklane.Task;
import io.tasklane.sample.activity.ActivityLog;
import org.springframework.stereotype.Service;

/** Somebody waits for the answer: in a queue of its own this starts at once, however many reports are being written. */
@Service
public class Webhooks {

    private final ActivityLog activity;

    Webhooks(ActivityLog activity) {
        this.activity = activity;
    }

    @Task(queue = "webhooks", priority = 10)
    public void deliver(String event) {
        this.activity.record("Webhook '%s' delivered".formatted(event));
    }
}
