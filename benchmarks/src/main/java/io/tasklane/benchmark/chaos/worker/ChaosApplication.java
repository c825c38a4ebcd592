package io.tasklane.benchmark.chaos.worker;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/** An application as users write it, for the producer and for the workers. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class ChaosApplication {

    /** Name of the property that says which process this is. */
    public static final String NODE = "chaos.node";

    @Bean
    RunLedger runLedger(
            JdbcTemplate jdbc, PlatformTransactionManager transactions, @Value("${" + NODE + "}") String node) {
        return new RunLedger(jdbc, transactions, node);
    }

    @Bean
    ChaosTasks chaosTasks(RunLedger ledger) {
        return new ChaosTasks(ledger);
    }

    @Bean
    BookingTasks bookingTasks(RunLedger ledger, ChaosTasks tasks) {
        return new BookingTasks(ledger, tasks);
    }
}
