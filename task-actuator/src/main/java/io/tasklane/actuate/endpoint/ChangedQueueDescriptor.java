package io.tasklane.actuate.endpoint;

import io.tasklane.TaskQueue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A queue after a change, without what would have to be counted.
 *
 * @param state whether workers claim from it
 * @param pausedUntil when its pause ends by itself; null without a pause, and for one without an end
 * @param settings what applies to its tasks on this node
 */
public record ChangedQueueDescriptor(
        TaskQueue.State state, @Nullable Instant pausedUntil, QueueSettingsDescriptor settings) {}
