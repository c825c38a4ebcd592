package io.tasklane.autoconfigure;

import io.tasklane.store.TaskSearch;
import io.tasklane.store.jdbc.JdbcTaskStore;
import io.tasklane.store.orm.HibernateTaskSearch;
import io.tasklane.store.orm.TaskPersistenceUnit;
import io.tasklane.store.orm.TaskRecordRepository;
import io.tasklane.store.orm.TaskRepositoryFactory;
import org.hibernate.SessionFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.JpaRepository;

/**
 * Auto-configuration for finding tasks in the database, on a persistence unit of our own that is no bean of JPA.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = TasklaneJdbcAutoConfiguration.class)
@ConditionalOnClass(SessionFactory.class)
@ConditionalOnBean(JdbcTaskStore.class)
public final class TasklaneOrmAutoConfiguration {

    @Bean
    TaskPersistenceUnit taskPersistenceUnit(TaskDataSource dataSource, TasklaneSettings settings) {
        return new TaskPersistenceUnit(dataSource.dataSource(), settings.store().tablePrefix());
    }

    @Bean
    @ConditionalOnMissingBean(TaskSearch.class)
    HibernateTaskSearch taskSearch(TaskPersistenceUnit unit) {
        return new HibernateTaskSearch(unit);
    }

    /** Repositories for the application's own queries. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(JpaRepository.class)
    static class RepositoryConfiguration {

        @Bean
        TaskRepositoryFactory taskRepositoryFactory(TaskPersistenceUnit unit) {
            return new TaskRepositoryFactory(unit);
        }

        @Bean
        TaskRecordRepository taskRecordRepository(TaskRepositoryFactory repositories) {
            return repositories.create(TaskRecordRepository.class);
        }
    }
}
