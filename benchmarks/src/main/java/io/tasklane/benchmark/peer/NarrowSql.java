package io.tasklane.benchmark.peer;

import io.tasklane.benchmark.database.Database;
import java.sql.SQLException;

/** The least that a queue needs: one table, and a finished task is deleted. */
final class NarrowSql implements BareSql {

    @Override
    public String description() {
        return "one table with a state, finished rows are deleted";
    }

    @Override
    public void createTables(Database database) throws SQLException {
        database.execute("""
                CREATE TABLE narrow_task (id bigint PRIMARY KEY, taken boolean NOT NULL DEFAULT false, payload text NOT NULL)
                WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)""", "CREATE INDEX narrow_task_ready ON narrow_task (id) WHERE NOT taken");
    }

    @Override
    public String unfinished() {
        return "SELECT 1 FROM narrow_task";
    }

    @Override
    public String insertOne() {
        return "INSERT INTO narrow_task (id, payload) VALUES (?, ?)";
    }

    @Override
    public String insertMany() {
        return "INSERT INTO narrow_task (id, payload) SELECT * FROM unnest(?::bigint[], ?::text[])";
    }

    @Override
    public String claim() {
        return """
                UPDATE narrow_task SET taken = true WHERE id = ANY (ARRAY (
                    SELECT id FROM narrow_task WHERE NOT taken ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED))
                RETURNING id, payload""";
    }

    /** The times are not kept, but bound, so that both kinds of statements take the same parameters. */
    @Override
    public String complete() {
        return """
                DELETE FROM narrow_task WHERE id = ANY (?::bigint[])
                    AND ?::bigint[] IS NOT NULL AND ?::bigint[] IS NOT NULL""";
    }
}
