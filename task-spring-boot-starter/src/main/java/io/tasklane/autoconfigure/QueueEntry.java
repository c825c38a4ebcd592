package io.tasklane.autoconfigure;

import io.tasklane.QueueSpec;

/**
 * What the configuration says about a queue, as far as it is stored.
 *
 * @param spec name and settings
 * @param hash hash of the settings, equal for equal settings in every version
 */
record QueueEntry(QueueSpec spec, String hash) {

    static QueueEntry of(QueueSpec spec) {
        return new QueueEntry(spec, QueueEntryHash.of(spec.settings()));
    }
}
