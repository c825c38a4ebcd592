package com.example.shop;

import io.tasklane.Task;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class Mailer {

    private final Orders orders;

    Mailer(Orders orders) {
        this.orders = orders;
    }

    @Task(queue = "email")
    @Transactional
    public void confirm(long order) {
        this.orders.confirm(order);
    }
}
