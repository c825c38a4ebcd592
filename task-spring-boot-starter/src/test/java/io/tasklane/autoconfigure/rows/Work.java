package io.tasklane.autoconfigure.rows;

import io.tasklane.Backoff;
import io.tasklane.NonRetryableTaskException;
import io.tasklane.RetryTaskException;
import io.tasklane.Task;
import io.tasklane.TaskContext;
import io.tasklane.TaskHandle;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.context.annotation.Lazy;

/** Tasks that say that they have started. */
public class Work {

    private final List<String> started = new CopyOnWriteArrayList<>();

    private final List<Object> arrived = new CopyOnWriteArrayList<>();

    private final AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));

    private final Work self;

    public Work(@Lazy Work self) {
        this.self = self;
    }

    public void clear() {
        this.started.clear();
        this.arrived.clear();
    }

    public List<String> started() {
        return List.copyOf(this.started);
    }

    public List<Object> arrived() {
        return List.copyOf(this.arrived);
    }

    public CountDownLatch closeGate() {
        CountDownLatch closed = new CountDownLatch(1);
        this.gate.set(closed);
        return closed;
    }

    @Task(queue = "email")
    public TaskHandle<String> mail(String name) {
        return start(name);
    }

    @Task(queue = "email", priority = 10)
    public TaskHandle<String> urgentMail(String name) {
        return start(name);
    }

    @Task(queue = "reports")
    public TaskHandle<String> report(String name) {
        return start(name);
    }

    @Task
    public TaskHandle<String> plain(String name) {
        return start(name);
    }

    @Task
    public void nothing() {
        this.started.add("nothing");
    }

    @Task(priority = 0)
    public void zero() {
        this.started.add("zero");
    }

    @Task
    public TaskHandle<Boolean> echo(Map<String, Object> map, Order order, Instant instant, YearMonth month) {
        this.arrived.addAll(List.of(map, order, instant, month));
        return TaskHandle.of(true);
    }

    @Task
    public TaskHandle<Order> order(long id) {
        return TaskHandle.of(new Order(id, List.of(new Item("Lamp", 1))));
    }

    @Task(retries = 2)
    public void failing(String name) throws IOException {
        fail(name);
    }

    @Task(retries = 2, backoff = @Backoff(initial = "0s", max = "1m"))
    public void impatient(String name) throws IOException {
        fail(name);
    }

    @Task(retries = 3)
    public TaskHandle<String> atLast(String name, TaskContext context) throws IOException {
        this.started.add(name + " " + context.attempt());
        if (context.attempt() < 4) {
            throw new IOException("attempt " + context.attempt());
        }
        return TaskHandle.of(name);
    }

    @Task(retries = 3)
    public void later(String name, Duration delay) {
        this.started.add(name);
        throw new RetryTaskException(new IOException("busy"), delay);
    }

    @Task
    public void permanent() {
        throw new NonRetryableTaskException("never");
    }

    @Task(noRetryFor = IOException.class)
    public void notRetried() throws IOException {
        throw new FileNotFoundException("gone");
    }

    @Task
    public TaskHandle<String> gated() throws InterruptedException {
        this.gate.get().await();
        return TaskHandle.of(Thread.currentThread().getName());
    }

    @Task(retries = 1, timeout = "300ms")
    public void hanging(String name) throws InterruptedException {
        this.started.add(name);
        new CountDownLatch(1).await();
    }

    @Task(retries = 0)
    public void waitInside() {
        this.self.plain("inside").get(Duration.ofSeconds(1));
    }

    private TaskHandle<String> start(String name) {
        this.started.add(name);
        return TaskHandle.of(name);
    }

    private void fail(String name) throws IOException {
        this.started.add("%s %d".formatted(name, TaskContext.current().attempt()));
        throw new IOException(name);
    }

    public record Order(long id, List<Item> items) {}

    public record Item(String name, int count) {}
}
