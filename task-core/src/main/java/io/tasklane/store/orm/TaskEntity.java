package io.tasklane.store.orm;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** What was enqueued. */
@Entity
@Immutable
@Table(name = "task")
@SuppressWarnings("NullAway.Init")
class TaskEntity {

    @Id
    private Long id;

    private int priority;

    private int retries;

    private Instant createdAt;

    private String payload;

    private int version;

    int priority() {
        return this.priority;
    }

    int retries() {
        return this.retries;
    }

    Instant createdAt() {
        return this.createdAt;
    }

    String payload() {
        return this.payload;
    }

    int version() {
        return this.version;
    }
}
