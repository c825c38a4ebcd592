package io.tasklane.sample.order;

import java.util.List;
import java.util.Locale;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** Fills an empty shop with customers. */
@Component
class FirstCustomers implements ApplicationRunner {

    private static final List<String> NAMES =
            List.of("Ada", "Grace", "Edsger", "Barbara", "Donald", "Margaret", "Tony", "Frances", "Niklaus", "Radia");

    private final CustomerRepository customers;

    FirstCustomers(CustomerRepository customers) {
        this.customers = customers;
    }

    @Override
    public void run(ApplicationArguments args) {
        if (this.customers.count() == 0) {
            this.customers.saveAll(NAMES.stream()
                    .map(name -> new Customer(name, name.toLowerCase(Locale.ROOT) + "@example.org"))
                    .toList());
        }
    }
}
