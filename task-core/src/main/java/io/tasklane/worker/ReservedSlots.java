package io.tasklane.worker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Which slots of a container are kept for some of its queues. Tells once of what cannot work. For one thread at a time. */
final class ReservedSlots {

    private static final Log logger = LogFactory.getLog(ReservedSlots.class);

    private final Map<String, Map<String, Integer>> refused = new HashMap<>();

    /**
     * Returns the slots to keep, none if they cannot be kept.
     *
     * @param container name of the container
     * @param concurrency how many slots it always has
     * @param queues its queues
     * @param reserved what is set for a queue, 0 for nothing
     */
    Map<String, Integer> of(String container, int concurrency, List<String> queues, ToIntFunction<String> reserved) {
        Map<String, Integer> wanted = new TreeMap<>();
        for (String queue : queues) {
            int slots = reserved.applyAsInt(queue);
            if (slots > 0 && queues.size() > 1) {
                wanted.put(queue, slots);
            }
        }
        int sum = wanted.values().stream().mapToInt(Integer::intValue).sum();
        if (sum + (wanted.size() < queues.size() ? 1 : 0) <= concurrency) {
            this.refused.remove(container);
            return wanted;
        }
        if (!wanted.equals(this.refused.put(container, wanted))) {
            logger.warn(
                    ("Container '%s' keeps no slots for single queues: reserved-slots are %s, but it has %d slots, and one"
                                    + " must be left for the queues without. Lower them, or raise"
                                    + " tasklane.worker.containers.%s.concurrency")
                            .formatted(container, wanted, concurrency, container));
        }
        return Map.of();
    }
}
