package io.tasklane.sample.order;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

/** Stored customers. */
public interface CustomerRepository extends JpaRepository<Customer, Long> {

    /** Adds points in the database, so that two tasks at once do not overwrite each other. */
    @Modifying
    @Query("update Customer c set c.points = c.points + :added where c.id = :id")
    void addPoints(long id, int added);
}
