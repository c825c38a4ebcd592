package io.tasklane.store.jdbc;

import io.tasklane.store.StoreFinding;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Whether the tables and indexes are there that the migrations create. */
final class SchemaCheck implements StoreCheck {

    @Override
    public List<StoreFinding> look(SqlSession session) throws SQLException {
        TaskSqlDialect dialect = session.dialect();
        Map<String, Map<String, List<String>>> present = present(session);
        List<StoreFinding> findings = new ArrayList<>();
        TreeSet<String> missingTables = new TreeSet<>();
        for (ExpectedIndex expected : dialect.expectedIndexes()) {
            String table = dialect.sql("{p}" + expected.table());
            Map<String, List<String>> indexes = present.get(table.toLowerCase(Locale.ROOT));
            if (indexes == null) {
                missingTables.add(table);
            } else if (indexes.values().stream().noneMatch(columns -> beginsWith(columns, expected.columns()))) {
                findings.add(missingIndex(dialect, table, expected));
            }
        }
        if (!missingTables.isEmpty()) {
            findings.add(0, missingTables(missingTables));
        }
        return findings;
    }

    /** Columns of the indexes by name, of the tables by name; names in lower case. */
    private static Map<String, Map<String, List<String>>> present(SqlSession session) throws SQLException {
        Map<String, Map<String, List<String>>> tables = new HashMap<>();
        session.list(
                session.dialect().selectIndexColumns(),
                row -> {
                    Map<String, List<String>> indexes = tables.computeIfAbsent(
                            row.text("table_name").toLowerCase(Locale.ROOT), table -> new HashMap<>());
                    String column = row.textOrNull("column_name");
                    if (column != null) {
                        indexes.computeIfAbsent(row.text("index_name"), index -> new ArrayList<>())
                                .add(column.toLowerCase(Locale.ROOT));
                    }
                    return null;
                },
                session.dialect().sql("{p}").toLowerCase(Locale.ROOT));
        return tables;
    }

    private static boolean beginsWith(List<String> columns, List<String> wanted) {
        return columns.size() >= wanted.size()
                && columns.subList(0, wanted.size()).equals(wanted);
    }

    private static StoreFinding missingTables(TreeSet<String> tables) {
        return new StoreFinding(
                "missing-table",
                "table " + String.join(", ", tables),
                "does not exist, but this version of Tasklane uses it",
                "apply the migrations: start once with tasklane.schema.mode=migrate, or run the missing scripts of"
                        + " db/tasklane by hand");
    }

    private static StoreFinding missingIndex(TaskSqlDialect dialect, String table, ExpectedIndex expected) {
        String columns = String.join(", ", expected.columns());
        return new StoreFinding(
                "missing-index",
                "table " + table,
                "has no valid index that begins with (%s): statements read the whole table instead".formatted(columns),
                "create it: " + dialect.createIndex(table, expected.unique(), columns));
    }
}
