package io.tasklane.worker;

import java.time.Duration;
import java.util.Set;
import java.util.function.LongConsumer;

/** What a node does about the tasks and the changes of queues that others tell of. */
final class NodeNotices implements NoticeListener.Receiver {

    private final NodeContainers containers;

    private final QueuePoller poller;

    private final QueueRefresh refresh;

    private final Runnable wakePoller;

    private final LongConsumer cancelled;

    NodeNotices(
            NodeContainers containers,
            QueuePoller poller,
            QueueRefresh refresh,
            Runnable wakePoller,
            LongConsumer cancelled) {
        this.containers = containers;
        this.poller = poller;
        this.refresh = refresh;
        this.wakePoller = wakePoller;
        this.cancelled = cancelled;
    }

    @Override
    public void ready(Set<String> queues) {
        this.containers.ready(queues);
    }

    @Override
    public void dueIn(Duration delay) {
        if (delay.isZero()) {
            this.poller.ask();
            this.wakePoller.run();
        } else if (this.poller.foreignDueIn(delay)) {
            this.wakePoller.run();
        }
    }

    @Override
    public void cancelled(Set<Long> workers) {
        workers.forEach(this.cancelled::accept);
    }

    @Override
    public void blocked() {
        this.poller.release();
        this.wakePoller.run();
    }

    @Override
    public void queuesChanged() {
        this.refresh.ask();
        this.wakePoller.run();
    }

    @Override
    public void mayHaveMissed() {
        this.refresh.ask();
        this.containers.mayHaveAll();
        this.poller.ask();
        this.wakePoller.run();
    }
}
