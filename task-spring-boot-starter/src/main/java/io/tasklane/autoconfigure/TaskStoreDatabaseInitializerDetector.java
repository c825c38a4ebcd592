package io.tasklane.autoconfigure;

import io.tasklane.store.schema.SchemaMigrator;
import java.util.Set;
import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDatabaseInitializerDetector;
import org.springframework.boot.sql.init.dependency.DatabaseInitializerDetector;

/**
 * Makes JPA, and all else that waits for the database, wait for the tables of Tasklane too; and these for the host's own
 * Flyway or Liquibase, which would refuse a schema that is not empty.
 */
class TaskStoreDatabaseInitializerDetector extends AbstractBeansOfTypeDatabaseInitializerDetector
        implements DatabaseInitializerDetector {

    private static final int AFTER_THE_HOST = 100;

    @Override
    protected Set<Class<?>> getDatabaseInitializerBeanTypes() {
        return Set.of(SchemaMigrator.class);
    }

    @Override
    public int getOrder() {
        return AFTER_THE_HOST;
    }
}
