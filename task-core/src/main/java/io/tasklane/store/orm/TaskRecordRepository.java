package io.tasklane.store.orm;

import io.tasklane.TaskState;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.data.repository.NoRepositoryBean;
import org.springframework.data.repository.Repository;

/**
 * Reads tasks for a host's own queries, on a connection of its own: it sees committed tasks only, and takes no part in the
 * caller's transaction. For other queries extend {@code Repository<TaskRecord, Long>}, annotate the interface with
 * {@link NoRepositoryBean @NoRepositoryBean}, and make it with {@link TaskRepositoryFactory#create}.
 *
 * @since 0.1.0
 */
@NoRepositoryBean
public interface TaskRecordRepository extends Repository<TaskRecord, Long> {

    /** Returns one task. */
    Optional<TaskRecord> findById(Long id);

    /** Returns a page of the tasks of a queue in one state. */
    Page<TaskRecord> findByQueueAndState(String queue, TaskState state, Pageable page);

    /** Returns a page of the tasks of one name in one state. */
    Page<TaskRecord> findByTaskAndState(String task, TaskState state, Pageable page);

    /** Returns all tasks that match. */
    List<TaskRecord> findAll(Specification<TaskRecord> filter, Sort sort);

    /** Returns a page of the tasks that match. */
    Page<TaskRecord> findAll(Specification<TaskRecord> filter, Pageable page);

    /** Counts the tasks that match. */
    long count(Specification<TaskRecord> filter);

    /** Whether any task matches. */
    boolean exists(Specification<TaskRecord> filter);
}
