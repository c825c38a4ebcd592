package io.tasklane.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Compares a store with the model over many random sequences of operations. A failure names the seed of its sequence, and the
 * shortest part of it that fails too.
 */
final class ModelCheck {

    /** A seed: only this one sequence runs. */
    static final String SEED = "tasklane.model.seed";

    /** How many operations are applied in all. */
    static final String OPERATIONS = "tasklane.model.operations";

    private static final int DEFAULT_OPERATIONS = 10_000;

    private static final int SEQUENCE = 200;

    private static final long REDUCTION_NANOS = Duration.ofSeconds(60).toNanos();

    private final RunFactory runs;

    ModelCheck(RunFactory runs) {
        this.runs = runs;
    }

    /** Runs as many sequences as it takes. */
    void check() throws Exception {
        Long seed = Long.getLong(SEED);
        if (seed != null) {
            check(seed);
            return;
        }
        int sequences = Math.max(1, Integer.getInteger(OPERATIONS, DEFAULT_OPERATIONS) / SEQUENCE);
        for (int i = 0; i < sequences; i++) {
            check(ThreadLocalRandom.current().nextLong());
        }
    }

    private void check(long seed) throws Exception {
        List<ModelOperation> sequence = ModelOperations.sequence(seed, SEQUENCE);
        Failure failure = failure(sequence);
        if (failure != null) {
            Failure shortest = reduced(failure);
            throw new AssertionError(
                    "The store and the model disagree with seed %d; -D%s=%d runs it again. The shortest sequence found:%n%s"
                            .formatted(seed, SEED, seed, shortest),
                    shortest.cause());
        }
    }

    /** Leaves out ever smaller parts, as long as what is left still fails; then again, because less may be needed now. */
    private Failure reduced(Failure first) throws Exception {
        Failure shortest = first;
        long start = System.nanoTime();
        int before;
        do {
            before = shortest.operations().size();
            for (int part = Math.max(1, before / 2); part > 0; part /= 2) {
                int from = 0;
                while (from < shortest.operations().size() && System.nanoTime() - start < REDUCTION_NANOS) {
                    List<ModelOperation> rest = new ArrayList<>(shortest.operations());
                    rest.subList(from, Math.min(from + part, rest.size())).clear();
                    Failure failure = failure(rest);
                    if (failure != null) {
                        shortest = failure;
                    } else {
                        from += part;
                    }
                }
            }
        } while (shortest.operations().size() < before);
        return shortest;
    }

    private @Nullable Failure failure(List<ModelOperation> sequence) throws Exception {
        try (ModelRun run = this.runs.start()) {
            for (int i = 0; i < sequence.size(); i++) {
                try {
                    run.apply(sequence.get(i));
                } catch (Exception | AssertionError ex) {
                    return new Failure(sequence.subList(0, i + 1), ex);
                }
            }
            try {
                run.compareAll();
            } catch (Exception | AssertionError ex) {
                return new Failure(sequence, ex);
            }
            return null;
        }
    }

    /** Starts a run on a store without tasks and workers, at the same time each time. */
    @FunctionalInterface
    interface RunFactory {

        ModelRun start() throws Exception;
    }

    private record Failure(List<ModelOperation> operations, Throwable cause) {

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            this.operations.forEach(
                    operation -> text.append("  ").append(operation).append(System.lineSeparator()));
            return text.append(this.cause.getMessage()).toString();
        }
    }
}
