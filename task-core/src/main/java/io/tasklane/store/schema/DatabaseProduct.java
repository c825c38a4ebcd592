package io.tasklane.store.schema;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database that Tasklane knows, from the version on that has {@code SKIP LOCKED}.
 *
 * @since 0.1.0
 */
public enum DatabaseProduct {

    /** PostgreSQL 13 and later. */
    POSTGRESQL("PostgreSQL", "postgresql", 13, 0, 0),

    /** MySQL 8.0.1 and later. */
    MYSQL("MySQL", "mysql", 8, 0, 1),

    /** MariaDB 10.6 and later, also when reached with the driver of MySQL. */
    MARIADB("MariaDB", "mysql", 10, 6, 0),

    /** H2 2.2.220 and later. */
    H2("H2", "h2", 2, 2, 220);

    private static final Pattern VERSION = Pattern.compile("(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?");

    // Old clients of MySQL refused a first number above 5, so MariaDB puts this before its own version.
    private static final String MARIADB_VERSION_PREFIX = "5.5.5-";

    private final String displayName;

    private final String scripts;

    private final List<Integer> leastVersion;

    DatabaseProduct(String displayName, String scripts, int major, int minor, int patch) {
        this.displayName = displayName;
        this.scripts = scripts;
        this.leastVersion = List.of(major, minor, patch);
    }

    /**
     * Tells the product behind a data source.
     *
     * @throws UnsupportedDatabaseException if it is unknown or too old
     * @throws DatabaseUnavailableException if the database does not answer
     */
    public static DatabaseProduct of(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return of(connection.getMetaData());
        } catch (SQLException ex) {
            throw new DatabaseUnavailableException(ex);
        }
    }

    /**
     * Tells the product from what the driver says.
     *
     * @throws UnsupportedDatabaseException if it is unknown or too old
     */
    public static DatabaseProduct of(DatabaseMetaData metaData) throws SQLException {
        return of(metaData.getDatabaseProductName(), metaData.getDatabaseProductVersion());
    }

    static DatabaseProduct of(String name, String version) {
        DatabaseProduct product = named(name, version);
        if (product == null) {
            throw new UnsupportedDatabaseException(name, version, null);
        }
        String own = version.startsWith(MARIADB_VERSION_PREFIX)
                ? version.substring(MARIADB_VERSION_PREFIX.length())
                : version;
        if (!product.accepts(own)) {
            throw new UnsupportedDatabaseException(product.displayName, own, product.leastVersion());
        }
        return product;
    }

    private static @Nullable DatabaseProduct named(String name, String version) {
        if (version.toLowerCase(Locale.ROOT).contains("mariadb")) {
            return MARIADB;
        }
        return Arrays.stream(values())
                .filter(product -> product.displayName.equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    private boolean accepts(String version) {
        Matcher matcher = VERSION.matcher(version);
        if (!matcher.find()) {
            return false;
        }
        for (int i = 0; i < this.leastVersion.size(); i++) {
            String part = matcher.group(i + 1);
            int number = part != null ? Integer.parseInt(part) : 0;
            if (number != this.leastVersion.get(i)) {
                return number > this.leastVersion.get(i);
            }
        }
        return true;
    }

    /** Name as people write it. */
    public String displayName() {
        return this.displayName;
    }

    /** Least version with which Tasklane works, such as {@code 8.0.1}. */
    public String leastVersion() {
        return this.leastVersion.stream()
                .map(String::valueOf)
                .reduce((left, right) -> left + "." + right)
                .map(text -> text.replaceFirst("(\\.0)+$", ""))
                .orElseThrow();
    }

    /** Folder of its migrations below {@code db/tasklane}. */
    String scripts() {
        return this.scripts;
    }
}
