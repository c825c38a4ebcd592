package io.tasklane.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.orm.jpa.EntityManagerFactoryInfo;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/** Finds a transaction of another database on the current thread. */
final class OtherTransactions {

    private static final boolean JPA = ClassUtils.isPresent(
                    "org.springframework.orm.jpa.EntityManagerHolder", OtherTransactions.class.getClassLoader())
            && ClassUtils.isPresent("jakarta.persistence.EntityManager", OtherTransactions.class.getClassLoader());

    private OtherTransactions() {}

    /** Returns what names the other database, null if there is none. */
    static @Nullable String find(DataSource ours) {
        for (Map.Entry<Object, Object> resource :
                TransactionSynchronizationManager.getResourceMap().entrySet()) {
            if (isOther(resource.getKey(), resource.getValue(), CallerTransactions.unwrap(ours))) {
                return JPA ? Jpa.name(resource.getKey()) : resource.getKey().toString();
            }
        }
        return null;
    }

    private static boolean isOther(Object key, Object holder, DataSource ours) {
        if (key instanceof DataSource dataSource && holder instanceof ConnectionHolder connection) {
            return CallerTransactions.unwrap(dataSource) != ours && isTransactional(connection.getConnection());
        }
        return JPA && Jpa.isTransactional(holder);
    }

    private static boolean isTransactional(Connection connection) {
        try {
            return !connection.getAutoCommit();
        } catch (SQLException ex) {
            throw SqlErrors.translate("looking at another transaction", ex);
        }
    }

    /** Loaded only where JPA is on the class path. */
    private static final class Jpa {

        private Jpa() {}

        static boolean isTransactional(Object holder) {
            if (!(holder instanceof EntityManagerHolder entityManager)
                    || !entityManager.isSynchronizedWithTransaction()) {
                return false;
            }
            try {
                return entityManager.getEntityManager().getTransaction().isActive();
            } catch (IllegalStateException ex) {
                // It takes part in JTA transactions, and has none of its own.
                return entityManager.getEntityManager().isJoinedToTransaction();
            }
        }

        static String name(Object key) {
            return key instanceof EntityManagerFactoryInfo factory
                    ? "the persistence unit '%s' (data source %s)"
                            .formatted(factory.getPersistenceUnitName(), factory.getDataSource())
                    : key.toString();
        }
    }
}
