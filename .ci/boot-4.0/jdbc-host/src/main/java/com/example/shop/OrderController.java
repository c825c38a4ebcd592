package com.example.shop;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
class OrderController {

    private final Orders orders;

    private final Mailer mailer;

    OrderController(Orders orders, Mailer mailer) {
        this.orders = orders;
        this.mailer = mailer;
    }

    @Transactional
    @PostMapping("/orders")
    public void place(String item, boolean inStock) {
        this.mailer.confirm(this.orders.add(item));
        if (!inStock) {
            throw new ResponseStatusException(HttpStatus.CONFLICT);
        }
    }

    @GetMapping("/orders")
    public List<Placed> all() {
        return this.orders.all();
    }
}
