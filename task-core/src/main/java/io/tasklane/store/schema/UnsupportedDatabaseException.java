package io.tasklane.store.schema;

import io.tasklane.TaskException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The database is not one that Tasklane knows, or is too old: it lacks {@code SKIP LOCKED}, without which workers would wait
 * for each other.
 *
 * @since 0.1.0
 */
public class UnsupportedDatabaseException extends TaskException {

    private final String product;

    private final String version;

    private final @Nullable String leastVersion;

    /**
     * Creates the exception.
     *
     * @param product name of the product
     * @param version its version
     * @param leastVersion least version that would do, null if the product is unknown
     */
    public UnsupportedDatabaseException(String product, String version, @Nullable String leastVersion) {
        super(
                leastVersion != null
                        ? "%s %s is too old: Tasklane needs SKIP LOCKED, that is %s %s or later. Update the database"
                                .formatted(product, version, product, leastVersion)
                        : "Tasklane does not know the database %s %s. It works with %s; for any other define a bean of type TaskStore"
                                .formatted(product, version, known()));
        this.product = product;
        this.version = version;
        this.leastVersion = leastVersion;
    }

    private static String known() {
        return Arrays.stream(DatabaseProduct.values())
                .map(product -> product.displayName() + " " + product.leastVersion())
                .collect(Collectors.joining(", "));
    }

    /** Name of the product. */
    public String product() {
        return this.product;
    }

    /** Version of the product. */
    public String version() {
        return this.version;
    }

    /** Least version that would do, null if the product is unknown. */
    public @Nullable String leastVersion() {
        return this.leastVersion;
    }
}
