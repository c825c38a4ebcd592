package io.tasklane.benchmark.peer;

import io.tasklane.TaskClient;
import io.tasklane.benchmark.database.Database;
import io.tasklane.benchmark.database.Product;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Tasklane as users run it: a Spring Boot application with the starter, configured by properties. */
public final class Tasklane implements Peer {

    @Override
    public String name() {
        return "tasklane";
    }

    @Override
    public String settings() {
        return "Tasklane of this working copy: Spring Boot application, `tasklane.queues.benchmark.concurrency` as measured,"
                + " everything else default; finished tasks are kept";
    }

    @Override
    public Role role() {
        return Role.SUBJECT;
    }

    @Override
    public boolean supports(Product product) {
        return true;
    }

    @Override
    public void createTables(Database database) {
        open(NodeSettings.of(database, 2, 0, task -> {})).close();
    }

    @Override
    public String unfinished() {
        return """
                SELECT kind_id FROM tasklane_ready WHERE kind_id IN (SELECT id FROM tasklane_kind WHERE name = '%1$s')
                UNION ALL SELECT kind_id FROM tasklane_running
                UNION ALL SELECT kind_id FROM tasklane_due WHERE run_at < CURRENT_TIMESTAMP + INTERVAL '1' HOUR""".formatted(BenchmarkTasks.TASK);
    }

    @Override
    public TasklaneNode open(NodeSettings settings) {
        TaskBody body = settings.body()::run;
        ConfigurableApplicationContext context = new SpringApplicationBuilder(TasklaneApplication.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .initializers(created -> ((GenericApplicationContext) created).registerBean(TaskBody.class, () -> body))
                .properties(properties(settings))
                .run();
        return new TasklaneNode(context, context.getBean(TaskClient.class), context.getBean(BenchmarkTasks.class));
    }

    private static Map<String, Object> properties(NodeSettings settings) {
        Database database = settings.database();
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("spring.application.name", "benchmark");
        properties.put("spring.datasource.url", database.url());
        properties.put("spring.datasource.username", database.username());
        properties.put("spring.datasource.password", database.password());
        properties.put("spring.datasource.hikari.maximum-pool-size", settings.connections());
        properties.put("tasklane.worker.enabled", settings.consumes());
        properties.put("tasklane.worker.auto-startup", false);
        properties.put("tasklane.queues." + BenchmarkTasks.QUEUE + ".concurrency", Math.max(1, settings.concurrency()));
        for (int i = 2; i <= settings.queues(); i++) {
            properties.put("tasklane.queues.other-" + i + ".concurrency", Math.max(1, settings.concurrency()));
        }
        return properties;
    }
}
