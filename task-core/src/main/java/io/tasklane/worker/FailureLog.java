package io.tasklane.worker;

import io.tasklane.TaskError;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the log readable when everything fails at once: of each task name the first failures within a minute are told in full, the
 * others are counted and told in one line at its end. What each attempt threw is in the store anyway. Thread-safe.
 */
final class FailureLog {

    /** Told in full within a minute. */
    static final int IN_FULL = 10;

    private static final long WINDOW = Duration.ofMinutes(1).toNanos();

    private static final Log logger = LogFactory.getLog(FailureLog.class);

    private final Ticker ticker;

    private final Map<String, Window> windows = new HashMap<>();

    FailureLog(Ticker ticker) {
        this.ticker = ticker;
    }

    /**
     * Counts a failed attempt.
     *
     * @param task name of the task
     * @param error what it threw
     * @param forGood whether it is not tried again
     * @return whether it is to be told in full
     */
    synchronized boolean inFull(String task, TaskError error, boolean forGood) {
        Window window = this.windows.get(task);
        if (window == null || left(window) <= 0) {
            tell(task, window);
            window = new Window(this.ticker.nanoTime());
            this.windows.put(task, window);
        }
        return window.add(error, forGood);
    }

    /** Tells of the counted failures whose minute has passed. Returns how long it takes until there are others to tell of. */
    synchronized long tellDue() {
        this.windows.entrySet().removeIf(entry -> {
            boolean due = left(entry.getValue()) <= 0;
            if (due) {
                tell(entry.getKey(), entry.getValue());
            }
            return due;
        });
        return this.windows.values().stream()
                .mapToLong(this::left)
                .map(left -> Math.max(1, left))
                .min()
                .orElse(EngineLoop.UNTIL_WOKEN);
    }

    /** Tells of all counted failures. */
    synchronized void tellAll() {
        this.windows.forEach(FailureLog::tell);
        this.windows.clear();
    }

    private long left(Window window) {
        return window.start + WINDOW - this.ticker.nanoTime();
    }

    private static void tell(String task, @Nullable Window window) {
        if (window == null || window.last == null) {
            return;
        }
        String line = "Task '%s' failed %d more times within a minute, %d of them for good; the last one: %s"
                .formatted(task, window.counted, window.forGood, TaskErrors.line(window.last));
        if (window.forGood > 0) {
            logger.error(line);
        } else {
            logger.warn(line);
        }
    }

    /** A minute of one task name. */
    private static final class Window {

        private final long start;

        private int inFull;

        private int counted;

        private int forGood;

        private @Nullable TaskError last;

        Window(long start) {
            this.start = start;
        }

        boolean add(TaskError error, boolean lastTry) {
            if (this.inFull < IN_FULL) {
                this.inFull++;
                return true;
            }
            this.counted++;
            this.forGood += lastTry ? 1 : 0;
            this.last = error;
            return false;
        }
    }
}
