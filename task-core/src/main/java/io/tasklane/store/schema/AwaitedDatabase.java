package io.tasklane.store.schema;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/** A database that may not answer yet when the application starts. */
final class AwaitedDatabase {

    private static final Log logger = LogFactory.getLog(AwaitedDatabase.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final DataSource dataSource;

    private final long patience;

    /** Not null once it waits. */
    private @Nullable InterruptAtExit exit;

    AwaitedDatabase(DataSource dataSource, Duration patience) {
        this.dataSource = dataSource;
        this.patience = patience.toNanos();
    }

    /**
     * Tells the product behind the data source.
     *
     * @throws DatabaseUnavailableException if the database has not answered in time, or the JVM is told to end before
     */
    DatabaseProduct product() {
        long start = System.nanoTime();
        RetryPolicy policy = RetryPolicy.builder()
                .maxRetries(Long.MAX_VALUE)
                .delay(PAUSE)
                .predicate(ex -> isWorthAnotherTry(ex, this.patience - (System.nanoTime() - start)))
                .build();
        try {
            DatabaseProduct product = new RetryTemplate(policy).execute(() -> DatabaseProduct.of(this.dataSource));
            if (this.exit != null) {
                logger.info("The database answers");
            }
            return product;
        } catch (RetryException ex) {
            if (ex.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new DatabaseUnavailableException(new SQLException("The wait for it was interrupted", ex.getCause()));
        } finally {
            if (this.exit != null) {
                this.exit.close();
            }
        }
    }

    private boolean isWorthAnotherTry(Throwable failure, long left) {
        if (!(failure instanceof DatabaseUnavailableException) || left <= 0) {
            return false;
        }
        if (this.exit == null) {
            this.exit = new InterruptAtExit();
            logger.warn("The start waits for the database, up to %d s more: %s"
                    .formatted(Duration.ofNanos(left).toSeconds(), failure.getMessage()));
        }
        return !this.exit.isExiting();
    }
}
