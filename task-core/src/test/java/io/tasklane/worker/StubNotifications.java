package io.tasklane.worker;

import io.tasklane.store.TaskNotice;
import io.tasklane.store.TaskNotifications;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.TransientDataAccessResourceException;

/** Notices that a test sends and hears. */
final class StubNotifications implements TaskNotifications {

    final BlockingQueue<TaskNotice> sent = new LinkedBlockingQueue<>();

    final BlockingQueue<TaskNotice> heard = new LinkedBlockingQueue<>();

    final AtomicInteger failures = new AtomicInteger();

    final AtomicInteger listens = new AtomicInteger();

    final AtomicInteger closes = new AtomicInteger();

    volatile boolean supported = true;

    volatile @Nullable String problem;

    @Override
    public boolean supportsNotices() {
        return this.supported;
    }

    @Override
    public void send(TaskNotice notice) {
        fail();
        this.sent.add(notice);
    }

    @Override
    public Listening listen() {
        fail();
        this.listens.incrementAndGet();
        return new Listening() {

            @Override
            public List<TaskNotice> await(Duration timeout) {
                fail();
                List<TaskNotice> notices = new ArrayList<>();
                heard.drainTo(notices);
                return notices;
            }

            @Override
            public void close() {
                closes.incrementAndGet();
            }
        };
    }

    private void fail() {
        String message = this.problem;
        if (message != null) {
            this.failures.incrementAndGet();
            throw new TransientDataAccessResourceException(message);
        }
    }
}
