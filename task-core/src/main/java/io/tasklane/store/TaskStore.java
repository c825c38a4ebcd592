package io.tasklane.store;

/** A whole store: what a user replaces to keep tasks elsewhere. Must pass the store contract tests. */
public interface TaskStore
        extends TaskWriter,
                TaskLeases,
                TaskProgress,
                WorkerMembership,
                QueueStore,
                TaskReader,
                TaskAdministration,
                TaskSetAdministration,
                TaskMaintenance,
                AuditStore,
                TaskRateLimits {}
