package io.tasklane.autoconfigure;

import java.time.Duration;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.Environment;

/** Makes the drain fit into the time that Spring gives each phase of a shutdown. */
final class DrainTimeout {

    /** After the drain: interrupt, wait 2 s, put back what has not ended. */
    static final Duration AFTERMATH = Duration.ofSeconds(3);

    private static final Log logger = LogFactory.getLog(DrainTimeout.class);

    private static final String PHASE_PROPERTY = "spring.lifecycle.timeout-per-shutdown-phase";

    private DrainTimeout() {}

    /** Returns the wanted time-out, or what fits. */
    static Duration fit(Duration wanted, Environment environment) {
        Duration phase = DurationStyle.detectAndParse(environment.getProperty(PHASE_PROPERTY, "30s"));
        if (wanted.plus(AFTERMATH).compareTo(phase) <= 0) {
            return wanted;
        }
        Duration fitting = phase.compareTo(AFTERMATH) > 0 ? phase.minus(AFTERMATH) : Duration.ZERO;
        logger.warn(
                ("tasklane.worker.drain-timeout (%s) does not fit into %s (%s) with the %s it takes to put back what has"
                                + " not ended; shortened to %s. Raise the phase timeout to keep it")
                        .formatted(wanted, PHASE_PROPERTY, phase, AFTERMATH, fitting));
        return fitting;
    }
}
