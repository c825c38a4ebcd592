package io.tasklane.autoconfigure.host.datajdbc;

import org.springframework.data.annotation.Id;

/** An aggregate of Spring Data JDBC. */
public record Basket(@Id Long id, String name) {}
