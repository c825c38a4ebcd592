package io.tasklane.sample.order;

import java.time.Instant;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** Stored orders. */
public interface OrderRepository extends JpaRepository<CustomerOrder, Long> {

    /** The newest ten. */
    List<CustomerOrder> findTop10ByOrderByIdDesc();

    /** Orders of a time span: from the first instant up to, not including, the second. */
    List<CustomerOrder> findByPlacedAtGreaterThanEqualAndPlacedAtLessThan(Instant from, Instant to);
}
