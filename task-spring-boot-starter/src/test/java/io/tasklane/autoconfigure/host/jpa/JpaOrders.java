package io.tasklane.autoconfigure.host.jpa;

import io.tasklane.autoconfigure.host.Confirmations;
import io.tasklane.autoconfigure.host.Orders;
import org.springframework.transaction.annotation.Transactional;

/** Orders by Spring Data JPA. */
@Transactional
public class JpaOrders implements Orders {

    private final ShopOrderRepository orders;

    private final Confirmations confirmations;

    public JpaOrders(ShopOrderRepository orders, Confirmations confirmations) {
        this.orders = orders;
        this.confirmations = confirmations;
    }

    @Override
    public void place(String name) {
        this.orders.save(new ShopOrder(name));
        this.confirmations.confirm(name);
    }

    @Override
    public void placeAndFail(String name) {
        place(name);
        throw new CardRefused();
    }

    @Override
    public long count() {
        return this.orders.count();
    }
}
