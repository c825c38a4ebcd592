package io.tasklane.store.orm;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** Name of a queue. */
@Entity
@Immutable
@Table(name = "queue")
@SuppressWarnings("NullAway.Init")
class QueueEntity {

    @Id
    private Integer id;

    private String name;

    Integer id() {
        return this.id;
    }

    String name() {
        return this.name;
    }
}
