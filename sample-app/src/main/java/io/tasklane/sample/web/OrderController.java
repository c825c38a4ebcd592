package io.tasklane.sample.web;

import io.tasklane.sample.order.Customer;
import io.tasklane.sample.order.CustomerOrder;
import io.tasklane.sample.order.CustomerRepository;
import io.tasklane.sample.order.OrderRepository;
import io.tasklane.sample.order.OrderService;
import io.tasklane.sample.order.PlaceOrder;
import java.math.BigDecimal;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Orders and customers. */
@RestController
class OrderController {

    private final OrderService service;

    private final OrderRepository orders;

    private final CustomerRepository customers;

    OrderController(OrderService service, OrderRepository orders, CustomerRepository customers) {
        this.service = service;
        this.orders = orders;
        this.customers = customers;
    }

    @PostMapping("/api/orders")
    @ResponseStatus(HttpStatus.CREATED)
    CustomerOrder place(
            @RequestParam(defaultValue = "1") long customer,
            @RequestParam(defaultValue = "Book") String item,
            @RequestParam(defaultValue = "29.90") BigDecimal amount) {
        return this.service.place(new PlaceOrder(customer, item, amount));
    }

    @PostMapping("/api/orders/failing")
    void placeAndFail() {
        this.service.placeAndFail(new PlaceOrder(1, "The last one", BigDecimal.TEN));
    }

    @GetMapping("/api/orders")
    List<CustomerOrder> newest() {
        return this.orders.findTop10ByOrderByIdDesc();
    }

    @GetMapping("/api/customers")
    List<Customer> customers() {
        return this.customers.findAll();
    }
}
