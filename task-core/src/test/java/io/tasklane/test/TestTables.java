package io.tasklane.test;

import io.tasklane.store.schema.SchemaMigrator;
import io.tasklane.store.schema.SchemaMode;
import io.tasklane.store.schema.TablePrefix;
import javax.sql.DataSource;

/** Tasklane's tables in a database of a test. */
public final class TestTables {

    private TestTables() {}

    /** Creates them by all migrations, with the default prefix. */
    public static void create(DataSource dataSource) {
        new SchemaMigrator(dataSource, SchemaMode.MIGRATE, TablePrefix.DEFAULT, TestTables.class.getClassLoader())
                .afterPropertiesSet();
    }
}
