package io.tasklane.store.memory;

import io.tasklane.TaskId;
import org.jspecify.annotations.Nullable;

/** Something that is written at once, or with the commit of a transaction. */
interface MemoryWrite {

    /** Writes it. Returns what is to be told of it, without the lock of the store. */
    Runnable apply(MemoryTasks tasks);

    /** A task as the transaction sees it after this write; null if there is none. */
    @Nullable
    MemoryTask seen(TaskId id, @Nullable MemoryTask before);
}
