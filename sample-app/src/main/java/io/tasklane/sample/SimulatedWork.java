package io.tasklane.sample;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Stands in for the mail server, the bank and the number crunching of a real shop.
 *
 * @param shortWork how long a mail or a text message takes
 * @param longWork how long a report takes
 */
@ConfigurationProperties("shop.simulated")
public record SimulatedWork(
        @DefaultValue("150ms") Duration shortWork,
        @DefaultValue("3s") Duration longWork) {

    /** Takes as long as one mail. */
    public void brief() {
        take(this.shortWork);
    }

    /** Takes as long as one report. */
    public void lengthy() {
        take(this.longWork);
    }

    private static void take(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException ex) {
            // The task was cancelled; or its worker shuts down, and puts it back in its place in the queue.
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted at work", ex);
        }
    }
}
