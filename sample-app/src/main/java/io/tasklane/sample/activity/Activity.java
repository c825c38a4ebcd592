package io.tasklane.sample.activity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.CreationTimestamp;

/** One line of the page's activity list: what one attempt of one task did. */
@Entity
@Table(name = "activity")
@SuppressWarnings("NullAway.Init") // set by Hibernate
public class Activity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @CreationTimestamp
    private Instant recordedAt;

    private String task;

    private String queue;

    private long taskId;

    private int attempt;

    @Column(length = 500)
    private String text;

    protected Activity() {}

    Activity(String task, String queue, long taskId, int attempt, String text) {
        this.task = task;
        this.queue = queue;
        this.taskId = taskId;
        this.attempt = attempt;
        this.text = text;
    }

    public Long getId() {
        return this.id;
    }

    public Instant getRecordedAt() {
        return this.recordedAt;
    }

    public String getTask() {
        return this.task;
    }

    public String getQueue() {
        return this.queue;
    }

    /** As text: JavaScript cannot hold every id as a number. */
    public String getTaskId() {
        return Long.toString(this.taskId);
    }

    public int getAttempt() {
        return this.attempt;
    }

    public String getText() {
        return this.text;
    }
}
