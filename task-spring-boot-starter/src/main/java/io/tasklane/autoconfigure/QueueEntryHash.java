package io.tasklane.autoconfigure;

import io.tasklane.QueueSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Hash of what a configuration says about a queue. Only what is set enters, by name and in the order of the names, so that
 * a later version that knows more settings gives the same hash.
 */
final class QueueEntryHash {

    private QueueEntryHash() {}

    /** Returns 64 hexadecimal digits. */
    static String of(QueueSettings settings) {
        Map<String, Object> set = new TreeMap<>();
        put(set, "concurrency", settings.concurrency());
        put(set, "retries", settings.retries());
        put(set, "default-priority", settings.defaultPriority());
        put(set, "backoff.initial", settings.backoffInitial());
        put(set, "backoff.multiplier", settings.backoffMultiplier());
        put(set, "backoff.max", settings.backoffMax());
        put(set, "backoff.jitter", settings.backoffJitter());
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(set.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("Every Java platform has SHA-256", ex);
        }
    }

    private static void put(Map<String, Object> set, String name, @Nullable Object value) {
        if (value != null) {
            set.put(name, value);
        }
    }
}
