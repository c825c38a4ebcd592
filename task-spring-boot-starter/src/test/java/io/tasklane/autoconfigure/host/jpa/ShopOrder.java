package io.tasklane.autoconfigure.host.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** An entity of JPA. */
@Entity
public class ShopOrder {

    @Id
    private String name;

    protected ShopOrder() {}

    public ShopOrder(String name) {
        this.name = name;
    }

    public String getName() {
        return this.name;
    }
}
