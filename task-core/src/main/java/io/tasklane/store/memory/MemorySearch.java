package io.tasklane.store.memory;

import io.tasklane.TaskId;
import io.tasklane.store.StoredTask;
import io.tasklane.store.TaskCursor;
import io.tasklane.store.TaskFilter;
import io.tasklane.store.TaskPage;
import io.tasklane.store.TaskPageRequest;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finding tasks by filter. Not thread-safe. */
final class MemorySearch {

    private final MemoryTasks tasks;

    MemorySearch(MemoryTasks tasks) {
        this.tasks = tasks;
    }

    TaskPage find(TaskFilter filter, TaskPageRequest page) {
        TaskCursor after = TaskCursor.of(page, filter);
        long oldest = after != null ? after.oldest() : oldest(filter);
        List<MemoryTask> found = matching(filter)
                .filter(task -> task.id().value() >= oldest && contains(task, filter.text()))
                .filter(task -> after == null || task.position().compareTo(after.position()) > 0)
                .sorted(Comparator.comparing(MemoryTask::position))
                .limit(page.size() + 1L)
                .toList();
        boolean more = found.size() > page.size();
        List<MemoryTask> shown = more ? found.subList(0, page.size()) : found;
        List<StoredTask> stored = shown.stream().map(task -> task.stored(null)).toList();
        String next = more ? new TaskCursor(shown.get(shown.size() - 1).position(), oldest).format() : null;
        return new TaskPage(stored, next, oldest > 0);
    }

    /** Smallest id among the newest tasks that a text search looks at; 0 if it looks at all. */
    private long oldest(TaskFilter filter) {
        if (filter.text() == null) {
            return 0;
        }
        List<TaskId> newest = matching(filter)
                .map(MemoryTask::id)
                .sorted(Comparator.reverseOrder())
                .limit(TaskFilter.TEXT_SEARCH_LIMIT + 1L)
                .toList();
        return newest.size() > TaskFilter.TEXT_SEARCH_LIMIT
                ? newest.get(TaskFilter.TEXT_SEARCH_LIMIT - 1).value()
                : 0;
    }

    private Stream<MemoryTask> matching(TaskFilter filter) {
        return this.tasks.all().stream()
                .filter(task -> filter.queue() == null
                        || filter.queue().equals(task.task().queue()))
                .filter(task -> filter.task() == null
                        || filter.task().equals(task.task().task()))
                .filter(task -> filter.states().isEmpty() || filter.states().contains(task.state()));
    }

    private static boolean contains(MemoryTask task, @Nullable String text) {
        return text == null || task.task().payload().contains(text);
    }
}
