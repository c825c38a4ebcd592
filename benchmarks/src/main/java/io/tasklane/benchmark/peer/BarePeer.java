package io.tasklane.benchmark.peer;

import io.tasklane.benchmark.database.Database;

/** SQL without a product: the reference for what the database can do. */
public final class BarePeer implements Peer {

    private static final int BATCH = Integer.getInteger("benchmark.bare-batch", 100);

    private final String name;

    private final BareSql sql;

    private final boolean batched;

    private BarePeer(String name, BareSql sql, boolean batched) {
        this.name = name;
        this.sql = sql;
        this.batched = batched;
    }

    /** Each worker claims one task, runs it and completes it. */
    static BarePeer oneByOne(String name, BareSql sql) {
        return new BarePeer(name, sql, false);
    }

    /** One connection claims many tasks, one completes what has ended. */
    static BarePeer batched(String name, BareSql sql) {
        return new BarePeer(name, sql, true);
    }

    /** Returns whether it works in batches. */
    public boolean isBatched() {
        return this.batched;
    }

    @Override
    public String name() {
        return this.name;
    }

    @Override
    public String settings() {
        return "Bare SQL (%s), %s"
                .formatted(
                        this.sql.description(),
                        this.batched
                                ? "one connection claims %d at once, one completes what has ended".formatted(BATCH)
                                : "each worker claims one and completes one; LISTEN and NOTIFY for latency");
    }

    @Override
    public Role role() {
        return Role.REFERENCE;
    }

    @Override
    public void createTables(Database database) throws Exception {
        this.sql.createTables(database);
    }

    @Override
    public String unfinished() {
        return this.sql.unfinished();
    }

    @Override
    public Node open(NodeSettings settings) throws Exception {
        BareStore store = new BareStore(this.sql, settings.database().pool(settings.connections()));
        return this.batched ? new BatchedNode(store, settings, BATCH) : new OneByOneNode(store, settings);
    }
}
