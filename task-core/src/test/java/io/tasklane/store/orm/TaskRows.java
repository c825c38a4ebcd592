package io.tasklane.store.orm;

import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes many rows straight into the tables, which would take a store too long. */
final class TaskRows {

    static final Instant START = Instant.parse("2026-03-29T00:30:00.123456Z");

    private final JdbcTemplate jdbc;

    private final TransactionTemplate transaction;

    private final TestDatabaseProduct product;

    private final String prefix;

    TaskRows(TestDatabase database, TestDatabaseProduct product, String prefix) {
        this.jdbc = new JdbcTemplate(database.dataSource());
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));
        this.product = product;
        this.prefix = prefix;
    }

    int queue(String name) {
        this.jdbc.update(
                "insert into " + this.prefix + "queue (name, name_lower) values (?, ?)", name, name.toLowerCase());
        return id("queue", name);
    }

    int kind(String name) {
        this.jdbc.update("insert into " + this.prefix + "kind (name) values (?)", name);
        return id("kind", name);
    }

    /** Ids first to last, all QUEUED with priority 0; the payload says which. */
    void queued(int queue, int kind, int first, int last) {
        tasks(queue, kind, first, last);
        insertAll(
                "insert into " + this.prefix
                        + "ready (queue_id, band, seq, task_id, kind_id, ready_at) values (?, 0, ?, ?, ?, ?)",
                IntStream.rangeClosed(first, last)
                        .mapToObj(i -> new Object[] {queue, i, i, kind, time(i)})
                        .toList());
    }

    /** Ids first to last, all ended in one state, one second after the other. */
    void finished(int queue, int kind, int state, int first, int last) {
        tasks(queue, kind, first, last);
        insertAll(
                "insert into " + this.prefix
                        + "finished (task_id, queue_id, kind_id, state, retries_used, recoveries, finished_at)"
                        + " values (?, ?, ?, ?, 0, 0, ?)",
                IntStream.rangeClosed(first, last)
                        .mapToObj(i -> new Object[] {i, queue, kind, state, time(i)})
                        .toList());
    }

    private void tasks(int queue, int kind, int first, int last) {
        List<Object[]> rows = IntStream.rangeClosed(first, last)
                .mapToObj(i -> new Object[] {i, queue, kind, time(i), "{\"number\":\"" + i + ".\"}"})
                .toList();
        insertAll(
                "insert into " + this.prefix
                        + "task (id, queue_id, kind_id, priority, retries, created_at, payload)"
                        + " values (?, ?, ?, 0, 3, ?, ?)",
                rows);
    }

    /** In one transaction, which databases like better than one each: the caller's if there is one. */
    private void insertAll(String sql, List<Object[]> rows) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            this.jdbc.batchUpdate(sql, rows);
            return;
        }
        this.transaction.executeWithoutResult(status -> this.jdbc.batchUpdate(sql, rows));
    }

    private int id(String table, String name) {
        Integer id = this.jdbc.queryForObject(
                "select id from " + this.prefix + table + " where name = ?", Integer.class, name);
        return id;
    }

    private Object time(int seconds) {
        Instant time = START.plusSeconds(seconds);
        return this.product == TestDatabaseProduct.MARIADB
                ? LocalDateTime.ofInstant(time, ZoneOffset.UTC)
                : OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
    }
}
