package io.tasklane.autoconfigure;

import java.sql.DatabaseMetaData;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/** Warns of an H2 file that is closed by the interrupt of a task. */
final class H2FileCheck {

    private static final Log logger = LogFactory.getLog(H2FileCheck.class);

    private static final Pattern PLAIN_FILE =
            Pattern.compile("jdbc:h2:(?!(file:)?async:|mem:|tcp:|ssl:|zip:).+", Pattern.CASE_INSENSITIVE);

    private H2FileCheck() {}

    /** Warns if the data source is such a file. */
    static void check(DataSource dataSource) {
        try {
            String url = JdbcUtils.extractDatabaseMetaData(dataSource, DatabaseMetaData::getURL);
            if (isPlainFile(url)) {
                logger.warn(
                        ("H2 closes the file of %s when a thread is interrupted while it reads or writes it, as a task"
                                        + " is at the end of the drain timeout. Open it with jdbc:h2:async:...")
                                .formatted(PrintableUrl.of(url)));
            }
        } catch (MetaDataAccessException ex) {
            logger.debug("The URL of the data source is not known", ex);
        }
    }

    static boolean isPlainFile(String url) {
        return PLAIN_FILE.matcher(url).matches();
    }
}
