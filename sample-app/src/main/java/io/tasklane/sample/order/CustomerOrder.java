package io.tasklane.sample.order;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import org.hibernate.annotations.CreationTimestamp;

/** What a customer bought. */
@Entity
@Table(name = "customer_order")
@SuppressWarnings("NullAway.Init") // set by Hibernate
public class CustomerOrder {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @ManyToOne(optional = false)
    private Customer customer;

    private String item;

    private BigDecimal amount;

    @CreationTimestamp
    private Instant placedAt;

    protected CustomerOrder() {}

    CustomerOrder(Customer customer, String item, BigDecimal amount) {
        this.customer = customer;
        this.item = item;
        this.amount = amount;
    }

    public Long getId() {
        return this.id;
    }

    public Customer getCustomer() {
        return this.customer;
    }

    public String getItem() {
        return this.item;
    }

    public BigDecimal getAmount() {
        return this.amount;
    }

    public Instant getPlacedAt() {
        return this.placedAt;
    }
}
