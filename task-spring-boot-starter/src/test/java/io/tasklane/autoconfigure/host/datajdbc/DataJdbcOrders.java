package io.tasklane.autoconfigure.host.datajdbc;

import io.tasklane.autoconfigure.host.Confirmations;
import io.tasklane.autoconfigure.host.Orders;
import org.springframework.transaction.annotation.Transactional;

/** Orders by Spring Data JDBC. */
@Transactional
public class DataJdbcOrders implements Orders {

    private final BasketRepository baskets;

    private final Confirmations confirmations;

    public DataJdbcOrders(BasketRepository baskets, Confirmations confirmations) {
        this.baskets = baskets;
        this.confirmations = confirmations;
    }

    @Override
    public void place(String name) {
        this.baskets.save(new Basket(null, name));
        this.confirmations.confirm(name);
    }

    @Override
    public void placeAndFail(String name) {
        place(name);
        throw new CardRefused();
    }

    @Override
    public long count() {
        return this.baskets.count();
    }
}
