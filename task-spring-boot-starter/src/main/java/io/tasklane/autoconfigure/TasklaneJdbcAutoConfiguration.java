package io.tasklane.autoconfigure;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import io.tasklane.store.TaskStore;
import io.tasklane.store.jdbc.DoctorSettings;
import io.tasklane.store.jdbc.JdbcStoreDoctor;
import io.tasklane.store.jdbc.JdbcStoreSettings;
import io.tasklane.store.jdbc.JdbcTaskStore;
import io.tasklane.store.schema.SchemaMigrator;
import jakarta.persistence.EntityManagerFactory;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.time.InstantSource;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ResourceLoader;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.jta.JtaTransactionManager;

/**
 * Auto-configuration for tasks kept in the application's database.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
            "org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration",
            "org.springframework.boot.transaction.jta.autoconfigure.JtaAutoConfiguration"
        })
@ConditionalOnProperty(name = "tasklane.store", havingValue = "jdbc", matchIfMissing = true)
@ConditionalOnMissingBean(TaskStore.class)
@Conditional(OnTaskDataSource.class)
@Import({TasklaneSettingsConfiguration.class, DatabaseInitializationDependencyConfigurer.class})
public final class TasklaneJdbcAutoConfiguration {

    @Bean
    TaskDataSource taskDataSource(
            ObjectProvider<DataSource> dataSource, @TasklaneDataSource ObjectProvider<DataSource> marked) {
        return new TaskDataSource(marked.getIfAvailable(dataSource::getObject));
    }

    @Bean
    SchemaMigrator taskSchemaMigrator(
            TaskDataSource dataSource, TasklaneSettings settings, ResourceLoader resourceLoader) {
        return new SchemaMigrator(
                dataSource.dataSource(),
                settings.store().schemaMode(),
                settings.store().tablePrefix(),
                Objects.requireNonNullElse(resourceLoader.getClassLoader(), SchemaMigrator.class.getClassLoader()),
                settings.store().waitForDatabase());
    }

    @Bean
    TaskPool taskPool(
            TaskDataSource dataSource,
            ObjectProvider<TaskPoolDetector> detectors,
            @TasklaneDataSource ObjectProvider<DataSource> marked,
            ObjectProvider<JdbcConnectionDetails> details) {
        TaskPool detected = detectors
                .orderedStream()
                .map(detector -> detector.detect(dataSource.dataSource()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (detected != null) {
            return detected;
        }
        // Boot's details are those of the data source that Boot makes.
        JdbcConnectionDetails known = marked.getIfAvailable() == null ? details.getIfAvailable() : null;
        return known != null ? new ConnectionDetailsTaskPool(known) : TaskPool.UNKNOWN;
    }

    @Bean
    @DependsOnDatabaseInitialization
    JdbcTaskStore taskStore(
            TaskDataSource dataSource, TasklaneSettings settings, TaskPool pool, ObjectProvider<JtaActivity> jta) {
        H2FileCheck.check(dataSource.dataSource());
        return new JdbcTaskStore(
                dataSource.dataSource(),
                JdbcStoreSettings.DEFAULT
                        .withTablePrefix(settings.store().tablePrefix())
                        .withWorkerConnections(settings.store().workerConnections())
                        .withUnpooled(pool.unpooled())
                        .withJtaActive(jta.getIfAvailable()));
    }

    @Bean
    @ConditionalOnMissingBean
    JdbcStoreDoctor taskStoreDoctor(TaskDataSource dataSource, TasklaneSettings settings) {
        return new JdbcStoreDoctor(
                dataSource.dataSource(),
                JdbcStoreSettings.DEFAULT.withTablePrefix(settings.store().tablePrefix()),
                DoctorSettings.DEFAULT,
                InstantSource.system());
    }

    @Bean
    ManagedDataSource taskJdbcTransactions() {
        return manager -> manager instanceof DataSourceTransactionManager jdbc ? jdbc.getDataSource() : null;
    }

    @Bean
    TaskTransactionFilter taskTransactionFilter(
            JdbcTaskStore store, ObjectProvider<ManagedDataSource> kinds, ObjectProvider<JtaActivity> jta) {
        return manager -> {
            JtaActivity activity = jta.getIfAvailable();
            return (activity != null && activity.manager() == manager)
                    || kinds.stream()
                            .map(kind -> kind.of(manager))
                            .filter(Objects::nonNull)
                            .anyMatch(store::isOn);
        };
    }

    /** Recognizes the transactions of JPA. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({JpaTransactionManager.class, EntityManagerFactory.class})
    static class JpaConfiguration {

        @Bean
        ManagedDataSource taskJpaTransactions() {
            return manager -> manager instanceof JpaTransactionManager jpa ? jpa.getDataSource() : null;
        }
    }

    /** Recognizes HikariCP. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HikariDataSource.class)
    static class HikariConfiguration {

        @Bean
        TaskPoolDetector taskHikariDetector() {
            return dataSource -> {
                HikariDataSource pool =
                        DataSourceUnwrapper.unwrap(dataSource, HikariConfigMXBean.class, HikariDataSource.class);
                return pool != null ? new HikariTaskPool(pool) : null;
            };
        }
    }

    /** Looks at JTA, where the application uses it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({JtaTransactionManager.class, UserTransaction.class})
    @ConditionalOnBean(JtaTransactionManager.class)
    static class JtaConfiguration {

        @Bean
        JtaActivity taskJtaActivity(JtaTransactionManager manager) {
            return new JtaActivity(manager, () -> {
                UserTransaction transaction = manager.getUserTransaction();
                try {
                    return transaction != null && transaction.getStatus() == Status.STATUS_ACTIVE;
                } catch (SystemException ex) {
                    throw new TransactionSystemException("JTA does not tell the status of the transaction", ex);
                }
            });
        }
    }
}
