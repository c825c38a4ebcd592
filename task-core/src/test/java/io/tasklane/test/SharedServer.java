package io.tasklane.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The server of one product: chosen and started on first use, once per JVM. */
final class SharedServer {

    private final String product;

    private final List<Source> sources;

    private @Nullable TestDatabaseServer server;

    private @Nullable IllegalStateException failure;

    SharedServer(String product, List<Source> sources) {
        this.product = product;
        this.sources = sources;
    }

    synchronized TestDatabaseServer get() {
        // A failure is remembered too: otherwise each test would wait for the same servers again.
        if (this.failure != null) {
            throw this.failure;
        }
        if (this.server == null) {
            this.server = start();
        }
        return this.server;
    }

    private TestDatabaseServer start() {
        List<Throwable> reasons = new ArrayList<>();
        for (Source source : this.sources) {
            try {
                return source.start();
            }
            // A missing optional dependency shows itself as a LinkageError.
            catch (Exception | LinkageError ex) {
                reasons.add(ex);
            }
        }
        this.failure = unavailable(reasons);
        throw this.failure;
    }

    private IllegalStateException unavailable(List<Throwable> reasons) {
        StringBuilder message =
                new StringBuilder("No %s for tests. Set TASKLANE_TEST_%s_URL, _USER and _PASSWORD, or start"
                        .formatted(this.product, this.product.toUpperCase(Locale.ROOT)));
        message.append(" Docker, or put the embedded binaries of this platform on the class path. Tried:");
        reasons.forEach(reason -> message.append("\n - ").append(reason));
        IllegalStateException unavailable = new IllegalStateException(message.toString());
        reasons.forEach(unavailable::addSuppressed);
        return unavailable;
    }

    /** One way to come to a server. */
    @FunctionalInterface
    interface Source {

        /** Return a running server, or throw with the reason why there is none. */
        TestDatabaseServer start() throws Exception;
    }
}
