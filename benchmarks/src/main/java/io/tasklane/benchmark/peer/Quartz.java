package io.tasklane.benchmark.peer;

import com.zaxxer.hikari.HikariDataSource;
import io.tasklane.benchmark.database.Database;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.DBConnectionManager;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** Quartz with its clustered JDBC store: one stored job, and a trigger for each task. */
public final class Quartz implements Peer {

    static final String SCHEDULER = "benchmark";

    private static final String SCRIPT = "org/quartz/impl/jdbcjobstore/tables_postgres.sql";

    // Quartz keeps its data sources in a table of the JVM.
    private static final AtomicInteger DATA_SOURCES = new AtomicInteger();

    @Override
    public String name() {
        return "quartz";
    }

    @Override
    public String settings() {
        return ("Quartz %s: clustered JDBC store, one durable job and a trigger per task, threads as measured, as many"
                        + " triggers acquired at once (within the lock, which that needs), properties instead of"
                        + " serialized objects, `idleWaitTime` 1 s (the least it allows); bulk by `scheduleJobs`; finished"
                        + " tasks are deleted; a backlog for a drain is written by SQL, because its own bulk is slow")
                .formatted(Versions.of(Scheduler.class, "quartz"));
    }

    @Override
    public Role role() {
        return Role.RIVAL;
    }

    @Override
    public void createTables(Database database) throws SchedulerException {
        try (HikariDataSource pool = database.pool(2)) {
            new ResourceDatabasePopulator(new ClassPathResource(SCRIPT)).execute(pool);
        }
        QuartzNode node = open(NodeSettings.of(database, 2, 1, task -> {}));
        node.createJob();
        node.close();
    }

    @Override
    public String unfinished() {
        return "SELECT 1 FROM qrtz_triggers";
    }

    @Override
    public QuartzNode open(NodeSettings settings) throws SchedulerException {
        String dataSource = "benchmark-" + DATA_SOURCES.incrementAndGet();
        HikariDataSource pool = settings.database().pool(settings.connections());
        DBConnectionManager.getInstance().addConnectionProvider(dataSource, new QuartzConnections(pool));
        Scheduler scheduler = new StdSchedulerFactory(properties(dataSource, settings)).getScheduler();
        scheduler.setJobFactory((bundle, used) -> new QuartzJob(settings.body()));
        JobDetail job = JobBuilder.newJob(QuartzJob.class)
                .withIdentity("benchmark")
                .storeDurably()
                .build();
        return new QuartzNode(settings.database(), scheduler, job, pool);
    }

    private static Properties properties(String dataSource, NodeSettings settings) {
        String threads = Integer.toString(Math.max(1, settings.concurrency()));
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", SCHEDULER);
        properties.setProperty("org.quartz.scheduler.instanceId", "AUTO");
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        properties.setProperty("org.quartz.scheduler.idleWaitTime", "1000");
        properties.setProperty("org.quartz.scheduler.batchTriggerAcquisitionMaxCount", threads);
        properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        properties.setProperty("org.quartz.threadPool.threadCount", threads);
        properties.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        properties.setProperty(
                "org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
        properties.setProperty("org.quartz.jobStore.dataSource", dataSource);
        properties.setProperty("org.quartz.jobStore.isClustered", "true");
        properties.setProperty("org.quartz.jobStore.useProperties", "true");
        properties.setProperty("org.quartz.jobStore.acquireTriggersWithinLock", "true");
        // A backlog is no misfire: looking for those would only slow it down.
        properties.setProperty("org.quartz.jobStore.misfireThreshold", "3600000");
        return properties;
    }
}
