package io.tasklane.worker;

import io.tasklane.QueueSpec;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.store.NewTask;
import io.tasklane.store.StoredTask;
import io.tasklane.store.TaskCommitListener;
import io.tasklane.store.TaskExchange;
import io.tasklane.store.TaskStore;
import io.tasklane.store.memory.InMemoryTaskStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/** A store that counts its calls and fails when told to. */
final class TestStore {

    private final TaskStore real;

    private final TaskStore watched;

    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

    /** When tasks were claimed, by the clock of the store. */
    private final Queue<Instant> claims = new ConcurrentLinkedQueue<>();

    volatile Interference interference = (method, arguments) -> {};

    /** What is a sign of an unreachable database, beside a {@link DataAccessResourceFailureException}. */
    volatile Predicate<Throwable> unreachable = failure -> false;

    volatile Interference aftermath = (method, arguments) -> {};

    TestStore() {
        this(new InMemoryTaskStore(InstantSource.system()));
    }

    TestStore(TaskStore real) {
        this.real = real;
        this.watched = (TaskStore) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {TaskStore.class},
                (proxy, method, arguments) -> call(method, arguments));
    }

    /** What a node works with. */
    TaskStore watched() {
        return this.watched;
    }

    /** The same without counting and failing. */
    TaskStore real() {
        return this.real;
    }

    void queue(String name) {
        this.real.declare(QueueSpec.named(name));
    }

    TaskId enqueue(String task, String queue, TaskCommitListener... listeners) {
        return enqueue(task, queue, 0, task, listeners);
    }

    TaskId enqueue(String task, String queue, int priority, String payload, TaskCommitListener... listeners) {
        return enqueue(task, queue, priority, payload, 3, null, listeners);
    }

    TaskId enqueue(
            String task,
            String queue,
            int priority,
            String payload,
            int retries,
            @Nullable Duration delay,
            TaskCommitListener... listeners) {
        TaskId id = this.real.newId();
        NewTask inserted =
                new NewTask(id, task, queue, priority, retries, payload, Map.of("trace", "abc"), delay, null);
        this.real.insert(List.of(inserted), tasks -> List.of(listeners).forEach(each -> each.committed(tasks)));
        return id;
    }

    TaskState state(TaskId id) {
        return this.real.state(id).orElseThrow();
    }

    StoredTask find(TaskId id) {
        return this.real.find(id).orElseThrow();
    }

    long count(String queue, TaskState state) {
        return this.real.statistics().stream()
                .filter(statistics -> statistics.queue().equals(queue))
                .findFirst()
                .orElseThrow()
                .count(state);
    }

    List<Instant> claims() {
        return List.copyOf(this.claims);
    }

    int calls(String method) {
        return this.calls.getOrDefault(method, new AtomicInteger()).get();
    }

    int calls() {
        return this.calls.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        this.calls
                .computeIfAbsent(method.getName(), name -> new AtomicInteger())
                .incrementAndGet();
        Object[] given = arguments != null ? arguments : new Object[0];
        this.interference.before(method.getName(), given);
        if (method.getName().equals("isUnreachable")
                && (given[0] instanceof DataAccessResourceFailureException
                        || this.unreachable.test((Throwable) given[0]))) {
            return true;
        }
        try {
            Object result = method.invoke(this.real, arguments);
            if (result instanceof TaskExchange exchange) {
                exchange.claimed().forEach(task -> this.claims.add(task.claimedAt()));
            }
            this.aftermath.before(method.getName(), given);
            return result;
        } catch (InvocationTargetException ex) {
            throw ex.getCause();
        }
    }

    /** What goes wrong. */
    interface Interference {

        void before(String method, Object[] arguments) throws Exception;
    }
}
