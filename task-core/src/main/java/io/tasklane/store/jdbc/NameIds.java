package io.tasklane.store.jdbc;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names and their ids as last read; rows are never renamed nor deleted, so what is known stays true. */
final class NameIds {

    private volatile Map<String, Integer> ids = Map.of();

    private volatile Map<Integer, String> names = Map.of();

    @Nullable
    Integer id(String name) {
        return this.ids.get(name);
    }

    @Nullable
    String name(int id) {
        return this.names.get(id);
    }

    /** Adds what was read; a reader with an old snapshot takes nothing away. */
    void add(Map<String, Integer> read) {
        Map<String, Integer> merged = new HashMap<>(this.ids);
        merged.putAll(read);
        Map<Integer, String> reversed = new HashMap<>();
        merged.forEach((name, id) -> reversed.put(id, name));
        this.names = Map.copyOf(reversed);
        this.ids = Map.copyOf(merged);
    }
}
