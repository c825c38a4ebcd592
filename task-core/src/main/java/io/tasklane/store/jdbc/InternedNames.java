package io.tasklane.store.jdbc;

import io.tasklane.NoSuchQueueException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.dao.DuplicateKeyException;

/**
 * Ids of queues and of task names. They are looked up on the connection at hand, and new task names inserted in a transaction of
 * our own, so that no transaction of the host ever locks one.
 */
final class InternedNames {

    private final OwnTransactions transactions;

    private final NameIds kinds = new NameIds();

    private final NameIds queues = new NameIds();

    InternedNames(OwnTransactions transactions) {
        this.transactions = transactions;
    }

    /** Returns the id of a task name, which is stored if it is new. */
    int kindId(SqlSession session, String name) throws SQLException {
        Integer known = this.kinds.id(name);
        if (known == null) {
            readKinds(session);
            known = this.kinds.id(name);
        }
        return known != null ? known : intern(name);
    }

    /** Makes sure that task names are stored and known, before a transaction of our own takes a connection. */
    void internKinds(Collection<String> names) {
        List<String> unknown =
                names.stream().filter(name -> this.kinds.id(name) == null).toList();
        if (unknown.isEmpty()) {
            return;
        }
        this.transactions.execute("reading the task names", own -> {
            readKinds(own);
            return unknown.size();
        });
        for (String name : unknown) {
            if (this.kinds.id(name) == null) {
                intern(name);
            }
        }
    }

    // Not readKinds on the caller's session afterwards: its snapshot may be older than the new row.
    private int intern(String name) {
        try {
            this.transactions.execute(
                    "storing the task name " + name,
                    own -> own.update(own.dialect().insertKind(), name));
        } catch (DuplicateKeyException ex) {
            // Another thread or node was faster.
        }
        return this.transactions.execute("reading the task name " + name, own -> {
            readKinds(own);
            Integer stored = this.kinds.id(name);
            if (stored == null) {
                throw new IllegalStateException("Task name '%s' was stored and is gone".formatted(name));
            }
            return stored;
        });
    }

    /** Returns ids of those task names that are stored. */
    List<Integer> knownKindIds(SqlSession session, Collection<String> names) throws SQLException {
        if (names.stream().anyMatch(name -> this.kinds.id(name) == null)) {
            readKinds(session);
        }
        List<Integer> ids = new ArrayList<>();
        for (String name : names) {
            Integer id = this.kinds.id(name);
            if (id != null) {
                ids.add(id);
            }
        }
        return ids;
    }

    /** Returns a task name. */
    String kind(SqlSession session, int id) throws SQLException {
        String name = this.kinds.name(id);
        if (name == null) {
            readKinds(session);
            name = this.kinds.name(id);
        }
        if (name == null) {
            throw new IllegalStateException("There is no task name of id " + id);
        }
        return name;
    }

    /**
     * Returns the id of a queue.
     *
     * @throws NoSuchQueueException if it does not exist
     */
    int queueId(SqlSession session, String name) throws SQLException {
        Integer known = this.queues.id(name);
        if (known != null) {
            return known;
        }
        known = readQueues(session).get(name);
        if (known != null) {
            return known;
        }
        // The session may be the caller's, and see the queues as they were when its transaction began.
        Map<String, Integer> read = this.transactions.execute("reading the queues", this::readQueues);
        known = read.get(name);
        if (known == null) {
            throw new NoSuchQueueException(name, new TreeMap<>(read).keySet());
        }
        return known;
    }

    /** Returns ids of those queues that exist, by name, in the order of the names. */
    List<Integer> knownQueueIds(SqlSession session, Collection<String> names) throws SQLException {
        if (names.stream().anyMatch(name -> this.queues.id(name) == null)) {
            readQueues(session);
        }
        List<Integer> ids = new ArrayList<>();
        for (String name : names) {
            Integer id = this.queues.id(name);
            if (id != null) {
                ids.add(id);
            }
        }
        return ids;
    }

    /** Returns the name of a queue. */
    String queue(SqlSession session, int id) throws SQLException {
        String name = this.queues.name(id);
        if (name == null) {
            this.queues.add(read(session, session.dialect().selectQueueNames()));
            name = this.queues.name(id);
        }
        if (name == null) {
            throw new IllegalStateException("There is no queue of id " + id);
        }
        return name;
    }

    private void readKinds(SqlSession session) throws SQLException {
        this.kinds.add(read(session, session.dialect().selectKinds()));
    }

    private Map<String, Integer> readQueues(SqlSession session) throws SQLException {
        Map<String, Integer> read = read(session, session.dialect().selectQueues());
        this.queues.add(read);
        return read;
    }

    private static Map<String, Integer> read(SqlSession session, String template) throws SQLException {
        Map<String, Integer> ids = new HashMap<>();
        session.list(template, row -> ids.put(row.text("name"), row.integer("id")));
        return ids;
    }
}
