package io.tasklane.worker;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What tasks run on.
 *
 * @param kind what kind of threads
 * @param bean name of the executor bean; null for the other kinds
 */
public record WorkerThreads(Kind kind, @Nullable String bean) {

    /** Pooled platform threads. */
    public static final WorkerThreads PLATFORM = new WorkerThreads(Kind.PLATFORM, null);

    /** One virtual thread per task; needs Java 21. */
    public static final WorkerThreads VIRTUAL = new WorkerThreads(Kind.VIRTUAL, null);

    /** The container's own thread: one task after the other. */
    public static final WorkerThreads INLINE = new WorkerThreads(Kind.INLINE, null);

    private static final String BEAN_PREFIX = "bean:";

    /** What kind of threads tasks run on. */
    public enum Kind {
        /** Pooled platform threads. */
        PLATFORM,
        /** One virtual thread per task. */
        VIRTUAL,
        /** The container's own thread. */
        INLINE,
        /** Those of an executor of the application. */
        BEAN
    }

    /** Checks that there is a name exactly for a bean. */
    public WorkerThreads {
        if ((kind == Kind.BEAN) != (bean != null)) {
            throw new IllegalArgumentException("A name belongs to an executor bean, and only to one");
        }
    }

    /** The threads of an executor bean of the application. */
    public static WorkerThreads ofBean(String name) {
        return new WorkerThreads(Kind.BEAN, name);
    }

    /**
     * Reads what {@link #toString} has written; case of the kinds does not count.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static WorkerThreads valueOf(String text) {
        String stripped = text.strip();
        if (stripped.startsWith(BEAN_PREFIX) && stripped.length() > BEAN_PREFIX.length()) {
            return ofBean(stripped.substring(BEAN_PREFIX.length()).strip());
        }
        return switch (stripped.toLowerCase(Locale.ROOT)) {
            case "platform" -> PLATFORM;
            case "virtual" -> VIRTUAL;
            case "inline" -> INLINE;
            default ->
                throw new IllegalArgumentException(
                        "'%s' is no executor; use 'platform', 'virtual', 'inline', or 'bean:' and the name of a TaskExecutor bean"
                                .formatted(text));
        };
    }

    /** Whether tasks run on the container's own thread, one after the other. */
    public boolean isInline() {
        return this.kind == Kind.INLINE;
    }

    /**
     * Checks that this JVM has such threads.
     *
     * @param where what asks for them, for the message
     * @throws IllegalArgumentException if it has not
     */
    void requireSupported(String where) {
        int version = Runtime.version().feature();
        if (this.kind == Kind.VIRTUAL && version < 21) {
            throw new IllegalArgumentException(
                    "%s asks for virtual threads, which need Java 21 or later; this is Java %d. Use 'platform'"
                            .formatted(where, version));
        }
    }

    /** As in a configuration file: {@code platform}, {@code virtual}, {@code inline}, {@code bean:mailExecutor}. */
    @Override
    public String toString() {
        return this.bean != null ? BEAN_PREFIX + this.bean : this.kind.name().toLowerCase(Locale.ROOT);
    }
}
