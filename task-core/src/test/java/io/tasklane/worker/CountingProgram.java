package io.tasklane.worker;

import com.zaxxer.hikari.HikariDataSource;
import io.tasklane.store.jdbc.JdbcStoreSettings;
import io.tasklane.store.jdbc.JdbcTaskStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.JdbcTemplate;

/** A node in a JVM of its own, on the database that its arguments name. Its tasks write down in which process they ran. */
final class CountingProgram {

    /** What it prints when it can claim. */
    static final String JOINED = "JOINED";

    /** Time that each task takes, so that no node runs all of them before the other has looked. */
    private static final Duration WORK = Duration.ofMillis(20);

    private CountingProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(arguments[0]);
        dataSource.setUsername(arguments[1]);
        dataSource.setPassword(arguments[2]);
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        TestNode node = new TestNode(
                new TestStore(new JdbcTaskStore(dataSource, JdbcStoreSettings.DEFAULT)), WorkerSettings.DEFAULT);
        node.handle("count", call -> {
            LockSupport.parkNanos(WORK.toNanos());
            return jdbc.update(
                    "insert into task_run (task_text, pid) values (?, ?)",
                    call.arguments()[0],
                    ProcessHandle.current().pid());
        });
        node.start();
        while (node.registry.workerId().isEmpty()) {
            LockSupport.parkNanos(WORK.toNanos());
        }
        System.out.println(JOINED);
        new CountDownLatch(1).await();
    }
}
