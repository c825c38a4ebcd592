package io.tasklane.benchmark.chaos;

import io.tasklane.TaskClient;
import io.tasklane.benchmark.chaos.Order.Fate;
import io.tasklane.benchmark.chaos.fault.FaultWindow.Moment;
import io.tasklane.benchmark.chaos.worker.BookingTasks;
import io.tasklane.benchmark.chaos.worker.ChaosApplication;
import io.tasklane.benchmark.chaos.worker.ChaosTasks;
import io.tasklane.benchmark.chaos.worker.TaskKind;
import io.tasklane.benchmark.database.Database;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An application that only produces: threads that write orders with their tasks, and keep in mind what they know of each. */
final class Producers implements AutoCloseable {

    private static final int THREADS = 3;

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(40);

    private static final int BURST = 150;

    /** Of a hundred transactions. */
    private static final int ROLLED_BACK = 4;

    private static final long STOP_SECONDS = 60;

    private final ConfigurableApplicationContext context;

    private final TaskClient client;

    private final ChaosTasks tasks;

    private final BookingTasks bookings;

    private final JdbcTemplate jdbc;

    private final TransactionTemplate transaction;

    private final AtomicLong numbers = new AtomicLong();

    private final Queue<Order> orders = new ConcurrentLinkedQueue<>();

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    private volatile boolean stopped;

    private Producers(ConfigurableApplicationContext context) {
        this.context = context;
        this.client = context.getBean(TaskClient.class);
        this.tasks = context.getBean(ChaosTasks.class);
        this.bookings = context.getBean(BookingTasks.class);
        this.jdbc = context.getBean(JdbcTemplate.class);
        this.transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    /** Starts the application, which makes the tables, but no thread yet. */
    static Producers open(Database database) {
        return new Producers(new SpringApplicationBuilder(ChaosApplication.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .run(ChaosProperties.arguments("producer", database, false).toArray(String[]::new)));
    }

    void start() {
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(i);
            // The order within a key is that of one thread.
            boolean keyed = i == 0;
            this.threads.execute(() -> produce(random, keyed));
        }
    }

    /** Ends the threads, and returns what they have written. */
    List<Order> stop() throws InterruptedException {
        this.stopped = true;
        this.threads.shutdown();
        if (!this.threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The producers do not end");
        }
        return List.copyOf(this.orders);
    }

    private void produce(Random random, boolean keyed) {
        while (!this.stopped) {
            int dice = random.nextInt(150);
            // Many at once, so that some wait while others are claimed.
            TaskKind kind = keyed && dice % 2 == 1 ? TaskKind.KEYED : kind(dice);
            write(dice > 0 ? List.of(plan(kind, random)) : burst(random), random.nextInt(100) >= ROLLED_BACK);
            LockSupport.parkNanos(PAUSE);
        }
    }

    private List<Plan> burst(Random random) {
        return Stream.generate(() -> plan(TaskKind.ORDERED, random))
                .limit(BURST)
                .toList();
    }

    private static TaskKind kind(int dice) {
        if (dice < 8) {
            return TaskKind.SLOW;
        }
        if (dice < 20) {
            return TaskKind.DELAYED;
        }
        if (dice < 35) {
            return TaskKind.FLAKY;
        }
        if (dice < 55) {
            return TaskKind.ONCE;
        }
        if (dice < 75) {
            return TaskKind.PLAIN;
        }
        if (dice < 87) {
            return TaskKind.BOOKED;
        }
        if (dice < 102) {
            return TaskKind.FANOUT;
        }
        return dice < 110 ? TaskKind.UNDONE : TaskKind.QUICK;
    }

    private Plan plan(TaskKind kind, Random random) {
        return new Plan(
                this.numbers.incrementAndGet(),
                kind,
                kind == TaskKind.ORDERED ? random.nextInt(5) : 0,
                kind == TaskKind.DELAYED ? Duration.ofMillis(500 + random.nextInt(3_000)) : Duration.ZERO,
                millis(kind, random));
    }

    private static int millis(TaskKind kind, Random random) {
        boolean seconds = kind == TaskKind.SLOW || (kind == TaskKind.BOOKED && random.nextInt(4) == 0);
        return seconds ? 2_000 + random.nextInt(4_000) : 10 + random.nextInt(50);
    }

    private void write(List<Plan> plans, boolean commits) {
        Fate fate = commits ? Fate.COMMITTED : Fate.ROLLED_BACK;
        long[] commit = {System.nanoTime()};
        try {
            this.transaction.executeWithoutResult(status -> {
                plans.forEach(this::write);
                if (!commits) {
                    status.setRollbackOnly();
                }
                commit[0] = System.nanoTime();
            });
        } catch (RuntimeException ex) {
            fate = Fate.UNKNOWN;
        }
        long known = Moment.now().micros();
        for (Plan plan : plans) {
            this.orders.add(
                    new Order(plan.number(), plan.kind(), plan.priority(), plan.delay(), fate, commit[0], known));
        }
    }

    private void write(Plan plan) {
        this.jdbc.update(
                "INSERT INTO chaos_order (number, kind) VALUES (?, ?)",
                plan.number(),
                plan.kind().name());
        this.client
                .with(options -> options.priority(plan.priority()).delay(plan.delay()))
                .enqueue(() -> call(plan));
    }

    private void call(Plan plan) throws InterruptedException {
        switch (plan.kind()) {
            case PLAIN -> this.tasks.plain(plan.number(), plan.millis());
            case QUICK -> this.tasks.quick(plan.number());
            case ORDERED -> this.tasks.ordered(plan.number(), plan.millis());
            case SLOW -> this.tasks.slow(plan.number(), plan.millis());
            case DELAYED -> this.tasks.delayed(plan.number(), plan.millis());
            case FLAKY -> this.tasks.flaky(plan.number(), plan.millis());
            case ONCE -> this.tasks.once(plan.number(), plan.millis());
            case KEYED -> this.tasks.keyed(plan.number(), plan.millis());
            case BOOKED -> this.bookings.booked(plan.number(), plan.millis());
            case FANOUT -> this.bookings.fanout(plan.number());
            case UNDONE -> this.bookings.undone(plan.number());
            case CHILD -> throw new IllegalArgumentException("Children are not enqueued by producers");
        }
    }

    private record Plan(long number, TaskKind kind, int priority, Duration delay, int millis) {}

    @Override
    public void close() {
        this.stopped = true;
        this.threads.shutdownNow();
        this.context.close();
    }
}
