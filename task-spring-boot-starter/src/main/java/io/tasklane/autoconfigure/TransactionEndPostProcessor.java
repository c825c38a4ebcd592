package io.tasklane.autoconfigure;

import io.tasklane.store.TransactionEnd;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.transaction.ConfigurableTransactionManager;

/** Watches the ends of transactions, whoever defines their managers. Boot adds listeners to its own manager only. */
class TransactionEndPostProcessor implements BeanPostProcessor {

    private final TransactionEnd end = new TransactionEnd();

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof ConfigurableTransactionManager manager
                && !manager.getTransactionExecutionListeners().contains(this.end)) {
            manager.addListener(this.end);
        }
        return bean;
    }
}
