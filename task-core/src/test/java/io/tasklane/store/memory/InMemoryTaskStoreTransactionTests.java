package io.tasklane.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tasklane.NoSuchQueueException;
import io.tasklane.TaskId;
import io.tasklane.TaskTransactionException;
import io.tasklane.store.NewTask;
import io.tasklane.store.TaskFilter;
import io.tasklane.store.TaskPageRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.h2.Driver;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** How the store without a database takes part in Spring transactions. */
class InMemoryTaskStoreTransactionTests {

    private final InMemoryTaskStore store = new InMemoryTaskStore(InstantSource.system());

    private final DataSourceTransactionManager manager =
            new DataSourceTransactionManager(new SimpleDriverDataSource(new Driver(), "jdbc:h2:mem:"));

    private final TransactionTemplate transaction = new TransactionTemplate(this.manager);

    private final List<NewTask> committed = new ArrayList<>();

    @Test
    void onlyTheTransactionItselfSeesATaskBeforeTheCommit() {
        TaskId id = this.transaction.execute(status -> {
            TaskId inserted = insert();
            assertThat(this.store.state(inserted)).isPresent();
            assertThat(visibleTasks()).isZero();
            assertThat(this.committed).isEmpty();
            return inserted;
        });
        assertThat(this.store.state(id)).isPresent();
        assertThat(visibleTasks()).isOne();
        assertThat(this.committed).extracting(NewTask::id).containsExactly(id);
    }

    @Test
    void aRollBackDropsTheTask() {
        TaskId id = this.transaction.execute(status -> {
            status.setRollbackOnly();
            return insert();
        });
        assertThat(this.store.state(id)).isEmpty();
        assertThat(this.committed).isEmpty();
    }

    @Test
    void aRollBackToASavepointDropsWhatCameAfterIt() {
        List<TaskId> ids = new ArrayList<>();
        TransactionTemplate nested = nested(TransactionDefinition.PROPAGATION_NESTED);
        this.transaction.executeWithoutResult(status -> {
            ids.add(insert());
            nested.executeWithoutResult(inner -> {
                ids.add(insert());
                inner.setRollbackOnly();
            });
            ids.add(insert());
        });
        assertThat(this.committed).extracting(NewTask::id).containsExactly(ids.get(0), ids.get(2));
        assertThat(this.store.state(ids.get(1))).isEmpty();
    }

    @Test
    void aTransactionOfItsOwnInsideIsIndependent() {
        TransactionTemplate inner = nested(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.transaction.executeWithoutResult(status -> {
            insert();
            Object outer = this.store.currentTransaction();
            inner.executeWithoutResult(other -> {
                insert();
                assertThat(this.store.currentTransaction()).isNotNull().isNotSameAs(outer);
            });
            assertThat(this.store.currentTransaction()).isSameAs(outer);
            assertThat(this.committed).hasSize(1);
            status.setRollbackOnly();
        });
        assertThat(this.committed).hasSize(1);
        assertThat(visibleTasks()).isOne();
    }

    @Test
    void afterTheCommitATaskIsInsertedAtOnce() {
        List<Integer> visible = new ArrayList<>();
        this.transaction.executeWithoutResult(status -> {
            insert();
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    insert();
                    visible.add(visibleTasks());
                }

                @Override
                public void afterCompletion(int status) {
                    insert();
                    visible.add(visibleTasks());
                }
            });
        });
        assertThat(visible).containsExactly(2, 3);
    }

    @Test
    void aReadOnlyTransactionIsRefused() {
        this.transaction.setReadOnly(true);
        assertThatExceptionOfType(TaskTransactionException.class)
                .isThrownBy(() -> this.transaction.executeWithoutResult(status -> insert()))
                .withMessageContaining("read-only");
    }

    @Test
    void withoutATransactionATaskIsThereAtOnce() {
        insert();
        assertThat(this.store.currentTransaction()).isNull();
        assertThat(visibleTasks()).isOne();
        assertThat(this.committed).hasSize(1);
    }

    @Test
    void aTaskForAnUnknownQueueIsRefusedWithAllOthersOfTheCall() {
        TaskId id = this.store.newId();
        assertThatExceptionOfType(NoSuchQueueException.class)
                .isThrownBy(() -> this.store.insert(
                        List.of(task(id, "default"), task(this.store.newId(), "nowhere")), this.committed::addAll))
                .withMessageContaining("nowhere");
        assertThat(this.store.state(id)).isEmpty();
        assertThat(this.committed).isEmpty();
    }

    private TransactionTemplate nested(int propagation) {
        TransactionTemplate template = new TransactionTemplate(this.manager);
        template.setPropagationBehavior(propagation);
        return template;
    }

    private TaskId insert() {
        TaskId id = this.store.newId();
        this.store.insert(List.of(task(id, "default")), this.committed::addAll);
        return id;
    }

    private static NewTask task(TaskId id, String queue) {
        return new NewTask(id, "Mailer.welcome", queue, 0, 3, "{}", Map.of(), null, null);
    }

    private int visibleTasks() {
        return this.store
                .find(TaskFilter.ANY, TaskPageRequest.first(10))
                .tasks()
                .size();
    }
}
