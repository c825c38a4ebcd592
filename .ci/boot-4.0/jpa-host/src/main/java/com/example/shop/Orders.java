package com.example.shop;

import java.util.List;
import org.springframework.stereotype.Component;

@Component
class Orders {

    private final OrderRepository repository;

    Orders(OrderRepository repository) {
        this.repository = repository;
    }

    long add(String item) {
        return this.repository.save(new CustomerOrder(item)).id;
    }

    void confirm(long id) {
        this.repository.findById(id).orElseThrow().confirmed = true;
    }

    List<Placed> all() {
        return this.repository.findAll().stream()
                .map(order -> new Placed(order.item, order.confirmed))
                .toList();
    }
}
