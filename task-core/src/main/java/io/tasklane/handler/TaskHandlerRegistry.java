package io.tasklane.handler;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The tasks that this application can run, by name and by alias. Thread-safe. */
public final class TaskHandlerRegistry {

    private final Map<String, RegisteredTask> tasks = new ConcurrentHashMap<>();

    /**
     * Adds a task.
     *
     * @param definition what it is
     * @param handler what runs it
     * @throws DuplicateTaskNameException if its name or an alias is taken; nothing is added then
     */
    public synchronized void register(TaskDefinition definition, TaskHandler handler) {
        List<String> names = new ArrayList<>(definition.aliases());
        names.add(0, definition.name());
        for (String name : names) {
            RegisteredTask taken = this.tasks.get(name);
            if (taken != null) {
                throw new DuplicateTaskNameException(name, taken.definition().source(), definition.source());
            }
        }
        RegisteredTask task = new RegisteredTask(definition, handler);
        names.forEach(name -> this.tasks.put(name, task));
    }

    /** Returns the task with this name or alias. */
    public Optional<RegisteredTask> find(String name) {
        return Optional.ofNullable(this.tasks.get(name));
    }

    /** Returns the definitions, ordered by name, each once. */
    public Collection<TaskDefinition> definitions() {
        Map<String, TaskDefinition> byName = new TreeMap<>();
        this.tasks.values().forEach(task -> byName.put(task.definition().name(), task.definition()));
        return Collections.unmodifiableCollection(byName.values());
    }
}
