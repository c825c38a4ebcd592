package io.tasklane.sample.activity;

import io.tasklane.TaskContext;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Notes what tasks do. */
@Service
public class ActivityLog {

    private final ActivityRepository activities;

    ActivityLog(ActivityRepository activities) {
        this.activities = activities;
    }

    /**
     * Notes what the task that runs on this thread does, in a transaction of its own: what a failing attempt did is to be
     * seen as well.
     *
     * @param text one line for people
     */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void record(String text) {
        TaskContext task = TaskContext.current();
        this.activities.save(new Activity(task.task(), task.queue(), task.id().value(), task.attempt(), text));
    }

    /** The newest 50, newest first. */
    public List<Activity> newest() {
        return this.activities.findTop50ByOrderByIdDesc();
    }

    /** All of them, oldest first. */
    public List<Activity> all() {
        return this.activities.findAllByOrderById();
    }
}
