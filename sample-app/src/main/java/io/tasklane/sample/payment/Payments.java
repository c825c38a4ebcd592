package io.tasklane.sample.payment;

import io.tasklane.Backoff;
import io.tasklane.Completion;
import io.tasklane.NonRetryableTaskException;
import io.tasklane.Task;
import io.tasklane.TaskContext;
import io.tasklane.sample.SimulatedWork;
import io.tasklane.sample.activity.ActivityLog;
import java.net.ConnectException;
import org.springframework.stereotype.Service;

/** Charges cards, and pays back. A failed task waits, is tried again, and ends in FAILED with the class, message and stack kept. */
@Service
public class Payments {

    private final ActivityLog activity;

    private final SimulatedWork work;

    Payments(ActivityLog activity, SimulatedWork work) {
        this.activity = activity;
        this.work = work;
    }

    /**
     * Three tries: at once, after 2 s, after 4 s more.
     *
     * @throws ConnectException while the bank does not answer: tried again
     * @throws NonRetryableTaskException if the bank declines: not tried again
     */
    @Task(retries = 2, backoff = @Backoff(initial = "2s", multiplier = 2, jitter = 0))
    public void charge(Card card) throws ConnectException {
        switch (card) {
            case DECLINED -> {
                this.activity.record("Card declined: no retry");
                throw new NonRetryableTaskException("The bank declined the card");
            }
            case SLOW_BANK, DEAD_BANK -> {
                if (card == Card.DEAD_BANK || TaskContext.current().attempt() < 3) {
                    this.activity.record("The bank did not answer");
                    throw new ConnectException("The bank did not answer");
                }
            }
            case GOOD -> {}
        }
        this.activity.record("Card charged");
    }

    /**
     * For a bank that would book the same transfer again: its body starts at most once. A crash or a shutdown in the middle ends it
     * in FAILED, for somebody to ask the bank; it is never tried again.
     */
    @Task(completion = Completion.BEFORE_RUN)
    public void refund(long orderId) {
        this.work.brief();
        this.activity.record("Refund of order %d sent to the bank".formatted(orderId));
    }
}
