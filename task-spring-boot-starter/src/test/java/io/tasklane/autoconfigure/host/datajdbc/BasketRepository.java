package io.tasklane.autoconfigure.host.datajdbc;

import org.springframework.data.repository.CrudRepository;

public interface BasketRepository extends CrudRepository<Basket, Long> {}
