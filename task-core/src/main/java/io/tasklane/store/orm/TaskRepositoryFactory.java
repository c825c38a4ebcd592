package io.tasklane.store.orm;

import java.lang.reflect.Proxy;
import org.springframework.data.repository.Repository;

/** Makes read-only Spring Data repositories over {@link TaskRecord}. Needs Spring Data JPA.
 *
 * @since 0.1.0
 */
public final class TaskRepositoryFactory {

    private final TaskPersistenceUnit unit;

    /**
     * Creates the factory without touching the database.
     *
     * @param unit where to read
     */
    public TaskRepositoryFactory(TaskPersistenceUnit unit) {
        this.unit = unit;
    }

    /**
     * Makes a repository. The database is not touched before its first use.
     *
     * @param type its interface, in {@link org.springframework.data.repository.NoRepositoryBean @NoRepositoryBean} so that
     *     the host's own scanning leaves it alone; its methods must not return a {@code Stream}
     * @param <R> its type
     * @return the repository; each call reads on a connection of its own
     */
    public <R extends Repository<TaskRecord, Long>> R create(Class<R> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new ReadingRepository<>(this.unit, type)));
    }
}
