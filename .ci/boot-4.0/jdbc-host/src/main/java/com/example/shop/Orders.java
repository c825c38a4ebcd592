package com.example.shop;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;

@Component
class Orders {

    private final JdbcClient jdbc;

    Orders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long add(String item) {
        GeneratedKeyHolder id = new GeneratedKeyHolder();
        this.jdbc.sql("insert into customer_order (item) values (?)").param(item).update(id, "id");
        return id.getKey().longValue();
    }

    void confirm(long id) {
        this.jdbc.sql("update customer_order set confirmed = true where id = ?").param(id).update();
    }

    List<Placed> all() {
        return this.jdbc.sql("select item, confirmed from customer_order").query(Placed.class).list();
    }
}
