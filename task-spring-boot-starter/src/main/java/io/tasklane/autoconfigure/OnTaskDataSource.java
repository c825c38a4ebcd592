package io.tasklane.autoconfigure;

import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;

/** There is one data source that tasks can be kept in. */
class OnTaskDataSource extends AnyNestedCondition {

    OnTaskDataSource() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnBean(value = DataSource.class, annotation = TasklaneDataSource.class)
    static class Marked {}

    @ConditionalOnSingleCandidate(DataSource.class)
    static class Single {}
}
