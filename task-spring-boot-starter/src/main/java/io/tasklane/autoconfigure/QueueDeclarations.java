package io.tasklane.autoconfigure;

import io.tasklane.QueueSpec;
import io.tasklane.store.QueueStore;
import io.tasklane.store.QueueStore.AppliedQueue;
import io.tasklane.store.QueueStore.AppliedQueue.Result;
import java.time.Duration;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Writes the queues of the configuration into the store, as far as this application's entry has changed. */
final class QueueDeclarations {

    /** An entry that was replaced less than this ago comes from an old node in a rolling deployment. */
    static final Duration SUPERSEDED_FOR = Duration.ofHours(1);

    private static final Log logger = LogFactory.getLog(QueueDeclarations.class);

    private final QueueStore store;

    private final String application;

    QueueDeclarations(QueueStore store, String application) {
        this.store = store;
        this.application = application;
    }

    /**
     * Applies all entries.
     *
     * @throws InvalidTasklanePropertiesException if a name differs only in case from that of a stored queue
     */
    void apply(List<QueueEntry> entries) {
        PropertyProblems problems = new PropertyProblems();
        for (QueueEntry entry : entries) {
            QueueSpec spec = entry.spec();
            try {
                log(spec.name(), this.store.apply(spec, this.application, entry.hash(), SUPERSEDED_FOR));
            } catch (IllegalArgumentException ex) {
                problems.add("tasklane.queues." + spec.name(), null, String.valueOf(ex.getMessage()));
            }
        }
        problems.throwIfAny();
    }

    private void log(String queue, AppliedQueue applied) {
        switch (applied.result()) {
            case CREATED -> logger.info("Queue '%s' declared".formatted(queue));
            case REPLACED ->
                logger.info("Settings of queue '%s' replaced by the configuration of application '%s'"
                        .formatted(queue, this.application));
            case SUPERSEDED ->
                logger.info(("Configuration of queue '%s' not applied: a newer one of application '%s' replaced it less"
                                + " than %d minutes ago")
                        .formatted(queue, this.application, SUPERSEDED_FOR.toMinutes()));
            case UNCHANGED -> logger.debug("Configuration of queue '%s' is unchanged".formatted(queue));
        }
        if (applied.otherApplication() != null && applied.result() != Result.UNCHANGED) {
            logger.warn(
                    ("Applications '%s' and '%s' configure queue '%s' differently; the last change wins. Configure a"
                                    + " queue in one application only, or equally in both")
                            .formatted(this.application, applied.otherApplication(), queue));
        }
    }
}
