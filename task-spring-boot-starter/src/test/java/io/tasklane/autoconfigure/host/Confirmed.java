package io.tasklane.autoconfigure.host;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** What the tasks of a host have done. */
public record Confirmed(BlockingQueue<String> names) {

    public Confirmed() {
        this(new LinkedBlockingQueue<>());
    }
}
