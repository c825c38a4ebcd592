package io.tasklane.store;

import io.tasklane.TaskError;
import io.tasklane.TaskState;
import io.tasklane.store.ModelOperation.Claim;
import io.tasklane.store.ModelOperation.Ending;
import io.tasklane.store.ModelOperation.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes sequences of operations from a seed: the same seed makes the same sequence. */
final class ModelOperations {

    static final int NODES = 3;

    static final int PRODUCERS = 2;

    static final List<String> QUEUES = List.of("default", "mail", "reports");

    private static final List<String> TASKS = List.of("Mailer.send", "Report.build", "Unknown.task");

    private static final int[] PRIORITIES = {-Integer.MAX_VALUE, -1, 0, 0, 0, 0, 7, Integer.MAX_VALUE};

    private static final TaskError ERROR = new TaskError("java.io.IOException", "down", "at A");

    private final Random random;

    private ModelOperations(long seed) {
        this.random = new Random(seed);
    }

    /** Returns the sequence of this seed. */
    static List<ModelOperation> sequence(long seed, int length) {
        ModelOperations source = new ModelOperations(seed);
        List<ModelOperation> sequence = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            sequence.add(source.next());
        }
        return sequence;
    }

    private ModelOperation next() {
        int dice = this.random.nextInt(106);
        if (dice >= 100) {
            return new ModelOperation.Release();
        }
        if (dice < 14) {
            return new ModelOperation.Enqueue(shapes());
        }
        if (dice < 18) {
            return new ModelOperation.EnqueueLater(producer(), shapes());
        }
        if (dice < 21) {
            return new ModelOperation.End(producer(), chance(75));
        }
        if (dice < 24) {
            return new ModelOperation.Start(node(), this.random.nextInt(1000), chance(10));
        }
        if (dice < 30) {
            return new ModelOperation.Operate(this.random.nextInt(1_000_000), change());
        }
        if (dice < 56) {
            return new ModelOperation.Exchange(node(), endings(), chance(80) ? claim() : null, chance(4));
        }
        if (dice < 65) {
            return new ModelOperation.Beat(node());
        }
        if (dice < 67) {
            return new ModelOperation.Crash(node());
        }
        if (dice < 68) {
            return new ModelOperation.Leave(node());
        }
        if (dice < 70) {
            return new ModelOperation.Audit(node());
        }
        if (dice < 76) {
            return new ModelOperation.Recover();
        }
        if (dice < 84) {
            return new ModelOperation.Advance(time());
        }
        if (dice < 90) {
            return new ModelOperation.Promote(chance(70) ? 100 : 1 + this.random.nextInt(3));
        }
        if (dice < 94) {
            return new ModelOperation.Pause(queue(), chance(40), chance(50) ? null : time().plusMillis(1));
        }
        if (dice < 97) {
            return new ModelOperation.Probe(queues(), excluded());
        }
        if (dice < 99) {
            return new ModelOperation.Maintain(node(), Duration.ofSeconds(1 + this.random.nextInt(60)));
        }
        TaskState state = chance(70) ? TaskState.SUCCEEDED : chance(50) ? TaskState.FAILED : TaskState.CANCELLED;
        return new ModelOperation.Prune(state, Duration.ofSeconds(this.random.nextInt(60)));
    }

    private ModelOperation.Change change() {
        int dice = this.random.nextInt(100);
        if (dice < 10) {
            return ModelOperation.Change.DELETE;
        }
        return dice < 60 ? ModelOperation.Change.CANCEL : ModelOperation.Change.RETRY;
    }

    private List<Shape> shapes() {
        return some(3, this::shape);
    }

    private Shape shape() {
        Duration delay = chance(20) ? delay() : null;
        Duration runIn = delay == null && chance(10) ? Duration.ofSeconds(this.random.nextInt(20) - 5L) : null;
        int priority = PRIORITIES[this.random.nextInt(PRIORITIES.length)];
        return new Shape(task(), queue(), priority, delay, runIn, chance(40) ? key() : null);
    }

    /** Keys are shared by queues and names of tasks, and not all tasks of a key agree on its limit. */
    private TaskKey key() {
        TaskKey.Hold[] holds = TaskKey.Hold.values();
        TaskKey.Hold hold = holds[this.random.nextInt(holds.length)];
        return new TaskKey("key-" + this.random.nextInt(3), 1 + this.random.nextInt(2), hold);
    }

    private List<Ending> endings() {
        return chance(30) ? List.of() : some(4, this::ending);
    }

    private Ending ending() {
        TaskOutcome outcome = outcome();
        boolean started = !(outcome instanceof TaskOutcome.Released) || chance(50);
        return new Ending(this.random.nextInt(1000), chance(8), started, outcome);
    }

    private TaskOutcome outcome() {
        int dice = this.random.nextInt(100);
        if (dice < 45) {
            return new TaskOutcome.Succeeded(chance(50) ? null : "{\"rows\":" + dice + "}");
        }
        if (dice < 54) {
            return new TaskOutcome.Failed(ERROR);
        }
        if (dice < 55) {
            return new TaskOutcome.Cancelled();
        }
        if (dice < 72) {
            return new TaskOutcome.Retried(ERROR, delay());
        }
        if (dice < 90) {
            return new TaskOutcome.Released(chance(15));
        }
        return new TaskOutcome.Postponed(ERROR, delay());
    }

    private Claim claim() {
        int limit = 1 + this.random.nextInt(5);
        int free = chance(60) ? limit : this.random.nextInt(limit + 1);
        return new Claim(queues(), limit, free, excluded(), chance(70));
    }

    private List<Integer> queues() {
        List<Integer> queues = new ArrayList<>(List.of(0, 1, 2));
        Collections.shuffle(queues, this.random);
        return List.copyOf(queues.subList(0, 1 + this.random.nextInt(3)));
    }

    private Set<String> excluded() {
        return chance(80) ? Set.of() : Set.of(task());
    }

    private Duration delay() {
        return chance(30) ? Duration.ZERO : Duration.ofMillis(1 + this.random.nextInt(20_000));
    }

    private Duration time() {
        int dice = this.random.nextInt(100);
        if (dice < 75) {
            return Duration.ofNanos(1_000L * this.random.nextInt(4_000_000));
        }
        return dice < 98 ? Duration.ofSeconds(5 + this.random.nextInt(10)) : Duration.ofHours(20);
    }

    private String task() {
        return TASKS.get(this.random.nextInt(TASKS.size()));
    }

    private int node() {
        return this.random.nextInt(NODES);
    }

    private int producer() {
        return this.random.nextInt(PRODUCERS);
    }

    private int queue() {
        return this.random.nextInt(QUEUES.size());
    }

    private boolean chance(int percent) {
        return this.random.nextInt(100) < percent;
    }

    private <T> List<T> some(int most, Supplier<@Nullable T> one) {
        List<T> all = new ArrayList<>();
        int count = 1 + this.random.nextInt(most);
        for (int i = 0; i < count; i++) {
            all.add(one.get());
        }
        return List.copyOf(all);
    }
}
