package io.tasklane.store.schema;

import java.time.Duration;
import javax.sql.DataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/** A database that may not answer yet when the application starts. */
final class AwaitedDatabase {

    private static final Log logger = LogFactory.getLog(AwaitedDatabase.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final DataSource dataSource;

    private final long patience;

    private boolean told;

    AwaitedDatabase(DataSource dataSource, Duration patience) {
        this.dataSource = dataSource;
        this.patience = patience.toNanos();
    }

    /**
     * Tells the product behind the data source.
     *
     * @throws DatabaseUnavailableException if the database has not answered in time
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
            if (this.told) {
                logger.info("The database answers");
            }
            return product;
        } catch (RetryException ex) {
            if (ex.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(ex.getCause());
        }
    }

    private boolean isWorthAnotherTry(Throwable failure, long left) {
        if (!(failure instanceof DatabaseUnavailableException) || left <= 0) {
            return false;
        }
        if (!this.told) {
            this.told = true;
            logger.warn("The start waits for the database, up to %d s more: %s"
                    .formatted(Duration.ofNanos(left).toSeconds(), failure.getMessage()));
        }
        return true;
    }
}
