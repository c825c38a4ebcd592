package com.example.shop;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

@Entity
class CustomerOrder {

    @Id
    @GeneratedValue
    Long id;

    String item;

    boolean confirmed;

    protected CustomerOrder() {}

    CustomerOrder(String item) {
        this.item = item;
    }
}
