package io.tasklane.autoconfigure;

import io.tasklane.annotation.TaskDefinitionCheck;
import io.tasklane.handler.TaskDefinition;
import io.tasklane.store.TaskStore;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Checks at start-up that there is a store for the tasks of this application, and that their queues exist; and makes their
 * names known to the store, so that the first call of each needs no connection but the caller's.
 */
class StartupTaskCheck implements TaskDefinitionCheck {

    private final ListableBeanFactory beanFactory;

    private final ObjectProvider<UsedQueues> queues;

    StartupTaskCheck(ListableBeanFactory beanFactory, ObjectProvider<UsedQueues> queues) {
        this.beanFactory = beanFactory;
        this.queues = queues;
    }

    @Override
    public void check(Collection<TaskDefinition> definitions, Report report) {
        if (definitions.isEmpty()) {
            return;
        }
        if (this.beanFactory.getBeanNamesForType(TaskStore.class, true, false).length == 0) {
            throw new NoTaskStoreException(
                    definitions.stream().map(TaskDefinition::source).sorted().toList(),
                    List.of(this.beanFactory.getBeanNamesForType(DataSource.class, true, false)));
        }
        UsedQueues used = this.queues.getObject();
        for (TaskDefinition definition : definitions) {
            String queue = definition.queue();
            if (!used.exists(queue)) {
                report.problem(definition, "there is no queue '%s'".formatted(queue), used.remedy(queue));
            }
        }
        this.beanFactory
                .getBean(TaskStore.class)
                .intern(definitions.stream().map(TaskDefinition::name).toList());
    }
}
