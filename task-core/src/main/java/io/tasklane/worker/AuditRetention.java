package io.tasklane.worker;

import io.tasklane.store.TaskMaintenance;
import java.time.Duration;

/** Deletes what operators did long ago from the audit. */
final class AuditRetention implements MaintenanceJob {

    private final TaskMaintenance store;

    private final Duration age;

    private final RetentionSettings settings;

    AuditRetention(TaskMaintenance store, Duration age, RetentionSettings settings) {
        this.store = store;
        this.age = age;
        this.settings = settings;
    }

    @Override
    public long run() {
        int deleted = this.store.pruneAudit(this.age, this.settings.batchSize());
        return deleted < this.settings.batchSize() ? Nanos.of(this.settings.interval()) : 0;
    }
}
