package io.tasklane.autoconfigure.host;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** Orders by plain JDBC. */
@Transactional
public class JdbcOrders implements Orders {

    private final JdbcClient jdbc;

    private final Confirmations confirmations;

    public JdbcOrders(JdbcClient jdbc, Confirmations confirmations) {
        this.jdbc = jdbc;
        this.confirmations = confirmations;
    }

    @Override
    public void place(String name) {
        this.jdbc.sql("insert into shop_order (name) values (?)").param(name).update();
        this.confirmations.confirm(name);
    }

    @Override
    public void placeAndFail(String name) {
        place(name);
        throw new CardRefused();
    }

    @Override
    public long count() {
        return this.jdbc
                .sql("select count(*) from shop_order")
                .query(Long.class)
                .single();
    }
}
