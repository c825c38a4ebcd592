package io.tasklane.store.jdbc;

import io.tasklane.store.TaskNotice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Notices as the payload of notifications: words with one space between. First the sender, then {@code +} and milliseconds if
 * there is a time, then names of queues. Workers are told of apart, each as {@code !} and its id, and so are a change of queues,
 * as {@code ~}, and BLOCKED tasks, as {@code =}: a node of a version that does not know such a word passes by that text, and nothing else.
 */
final class NoticeText {

    /** PostgreSQL refuses 8000 bytes. */
    private static final int MAX_BYTES = 7_900;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private static final Pattern TIME = Pattern.compile("\\+[0-9]{1,15}");

    private static final Pattern WORKER = Pattern.compile("![0-9]{1,18}");

    private static final String CHANGED = "~";

    private static final String BLOCKED = "=";

    private NoticeText() {}

    /** Returns as many payloads as it takes. */
    static List<String> format(TaskNotice notice) {
        List<String> payloads = new ArrayList<>();
        List<String> workers =
                notice.workers().stream().sorted().map(worker -> "!" + worker).toList();
        if (!workers.isEmpty()) {
            add(payloads, notice.sender(), "", workers);
        }
        if (notice.queuesChanged()) {
            add(payloads, notice.sender(), "", List.of(CHANGED));
        }
        if (notice.blocked()) {
            add(payloads, notice.sender(), "", List.of(BLOCKED));
        }
        Duration untilDue = notice.untilDue();
        if (payloads.isEmpty() || untilDue != null || !notice.queues().isEmpty()) {
            add(
                    payloads,
                    notice.sender(),
                    untilDue != null ? " +" + millis(untilDue) : "",
                    new TreeSet<>(notice.queues()));
        }
        return payloads;
    }

    private static void add(List<String> payloads, String sender, String time, Collection<String> words) {
        StringBuilder payload = new StringBuilder(sender).append(time);
        for (String word : words) {
            if (payload.length() + 1 + word.length() > MAX_BYTES) {
                payloads.add(payload.toString());
                payload = new StringBuilder(sender);
            }
            payload.append(' ').append(word);
        }
        payloads.add(payload.toString());
    }

    // Zero has a meaning of its own, and looking too early finds nothing.
    private static long millis(Duration untilDue) {
        return untilDue.isZero() ? 0 : untilDue.plusNanos(999_999).toMillis();
    }

    /** Returns null for a text that is no notice: anybody may notify. */
    static @Nullable TaskNotice parse(String payload) {
        String[] words = payload.split(" ", -1);
        if (!NAME.matcher(words[0]).matches()) {
            return null;
        }
        Duration untilDue = null;
        boolean changed = false;
        boolean blocked = false;
        Set<String> queues = new HashSet<>();
        Set<Long> workers = new HashSet<>();
        for (String word : List.of(words).subList(1, words.length)) {
            if (TIME.matcher(word).matches()) {
                untilDue = Duration.ofMillis(Long.parseLong(word.substring(1)));
            } else if (WORKER.matcher(word).matches()) {
                workers.add(Long.parseLong(word.substring(1)));
            } else if (word.equals(CHANGED)) {
                changed = true;
            } else if (word.equals(BLOCKED)) {
                blocked = true;
            } else if (NAME.matcher(word).matches()) {
                queues.add(word);
            } else {
                return null;
            }
        }
        return new TaskNotice(words[0], queues, untilDue, workers, changed, blocked);
    }
}
