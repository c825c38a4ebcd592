package io.tasklane.worker;

import com.zaxxer.hikari.HikariDataSource;
import io.tasklane.store.jdbc.JdbcStoreSettings;
import io.tasklane.store.jdbc.JdbcTaskStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A node in a JVM of its own, on the database that its arguments name. Its tasks write down when they began and ended, in
 * nanoseconds that all processes of the machine count alike.
 */
final class KeyedProgram {

    /** What it prints when it can claim. */
    static final String JOINED = "JOINED";

    private static final Duration WORK = Duration.ofMillis(20);

    private KeyedProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(arguments[0]);
        dataSource.setUsername(arguments[1]);
        dataSource.setPassword(arguments[2]);
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        TestNode node = new TestNode(
                new TestStore(new JdbcTaskStore(dataSource, JdbcStoreSettings.DEFAULT)),
                WorkerProgram.settings(Duration.ofSeconds(1)));
        node.handle("step", call -> {
            long started = System.nanoTime();
            jdbc.update(
                    "insert into step_run (step_text, pid, started) values (?, ?, ?)",
                    call.arguments()[0],
                    ProcessHandle.current().pid(),
                    started);
            LockSupport.parkNanos(WORK.toNanos());
            return jdbc.update(
                    "update step_run set ended = ? where step_text = ? and started = ?",
                    System.nanoTime(),
                    call.arguments()[0],
                    started);
        });
        node.start();
        while (node.registry.workerId().isEmpty()) {
            LockSupport.parkNanos(WORK.toNanos());
        }
        System.out.println(JOINED);
        new CountDownLatch(1).await();
    }
}
