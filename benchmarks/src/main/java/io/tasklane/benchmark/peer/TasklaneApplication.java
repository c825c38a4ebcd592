package io.tasklane.benchmark.peer;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** An application as users write it: the starter, a data source and a bean with a task method. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class TasklaneApplication {

    @Bean
    BenchmarkTasks benchmarkTasks(TaskBody body) {
        return new BenchmarkTasks(body);
    }
}
