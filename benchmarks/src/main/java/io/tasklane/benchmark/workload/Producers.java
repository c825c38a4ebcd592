package io.tasklane.benchmark.workload;

import io.tasklane.benchmark.peer.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that enqueue one task after the other, each in a transaction of its own. */
final class Producers {

    private Producers() {}

    /**
     * Enqueues tasks numbered from 0 without a gap, for that time or until there are so many.
     *
     * @return how many there were
     */
    static int produce(Node node, int threads, int most, Duration time) throws Exception {
        AtomicInteger numbers = new AtomicInteger();
        AtomicInteger enqueued = new AtomicInteger();
        long end = System.nanoTime() + time.toNanos();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> producers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                producers.add(executor.submit(() -> {
                    while (System.nanoTime() - end < 0) {
                        int number = numbers.getAndIncrement();
                        if (number >= most) {
                            break;
                        }
                        node.enqueue(number);
                        enqueued.incrementAndGet();
                    }
                    return null;
                }));
            }
            for (Future<?> producer : producers) {
                producer.get();
            }
        } finally {
            executor.shutdown();
        }
        return enqueued.get();
    }
}
