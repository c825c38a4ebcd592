package io.tasklane.autoconfigure.host;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.lang.reflect.Proxy;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.spi.InitialContextFactory;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.jta.autoconfigure.JtaAutoConfiguration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.jta.JtaTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class JtaHostTests {

    @Test
    void n1_aTransactionOfAnApplicationServerIsJoined() {
        Hosts.bare()
                .withConfiguration(AutoConfigurations.of(
                        JtaAutoConfiguration.class,
                        DataSourceAutoConfiguration.class,
                        TransactionAutoConfiguration.class))
                .withPropertyValues(Hosts.h2())
                // Stands for a data source that is enlisted: whoever commits it, it is not Tasklane.
                .withPropertyValues("spring.datasource.hikari.auto-commit=false")
                .withSystemProperties(Context.INITIAL_CONTEXT_FACTORY + "=" + ApplicationServer.class.getName())
                .run(context -> {
                    PlatformTransactionManager manager = context.getBean(PlatformTransactionManager.class);
                    assertThat(manager).isInstanceOf(JtaTransactionManager.class);
                    new TransactionTemplate(manager).executeWithoutResult(status -> {
                        context.getBean(Confirmations.class).confirm("in JTA");
                        assertThat(Hosts.tasks(context))
                                .as("committed by Tasklane")
                                .isZero();
                    });
                });
    }

    @Test
    void n2_aTaskMayCompleteInATransactionOfAnApplicationServer() {
        Hosts.bare()
                .withConfiguration(AutoConfigurations.of(
                        JtaAutoConfiguration.class,
                        DataSourceAutoConfiguration.class,
                        TransactionAutoConfiguration.class))
                .withBean(CompletionInTransactionTests.Transactions.class)
                .withPropertyValues(Hosts.h2())
                .withPropertyValues("tasklane.worker.auto-startup=false")
                .withSystemProperties(Context.INITIAL_CONTEXT_FACTORY + "=" + ApplicationServer.class.getName())
                .run(context -> assertThat(context).hasNotFailed());
    }

    /** Has one transaction, which is always active once it was begun. */
    public static final class ApplicationServer implements InitialContextFactory {

        @Override
        public Context getInitialContext(Hashtable<?, ?> environment) {
            UserTransaction transaction = transaction();
            return (Context) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                        if (!method.getName().equals("lookup")) {
                            return null;
                        }
                        if (arguments[0].equals(JtaTransactionManager.DEFAULT_USER_TRANSACTION_NAME)) {
                            return transaction;
                        }
                        throw new NameNotFoundException(String.valueOf(arguments[0]));
                    });
        }

        private static UserTransaction transaction() {
            int[] status = {Status.STATUS_NO_TRANSACTION};
            return (UserTransaction) Proxy.newProxyInstance(
                    ApplicationServer.class.getClassLoader(),
                    new Class<?>[] {UserTransaction.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "getStatus" -> status[0];
                        case "begin" -> {
                            status[0] = Status.STATUS_ACTIVE;
                            yield null;
                        }
                        case "commit", "rollback" -> {
                            status[0] = Status.STATUS_NO_TRANSACTION;
                            yield null;
                        }
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "equals" -> proxy == arguments[0];
                        default -> null;
                    });
        }
    }
}
