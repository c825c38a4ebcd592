package io.tasklane.autoconfigure;

import io.tasklane.QueueSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Hash of what a configuration says about a queue. Only what is set enters, by name and in the order of the names, so that
 * a later version that knows more settings gives the same hash.
 */
final class QueueEntryHash {

    private QueueEntryHash() {}

    /** Returns 64 hexadecimal digits. */
    static String of(QueueSettings settings) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(settings.asMap().toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("Every Java platform has SHA-256", ex);
        }
    }
}
