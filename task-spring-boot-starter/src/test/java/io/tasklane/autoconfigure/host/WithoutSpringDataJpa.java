package io.tasklane.autoconfigure.host;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.springframework.boot.test.context.FilteredClassLoader;

/**
 * A class path without Spring Data JPA, of which Spring Data itself does not know either: it counts its modules by their
 * {@code spring.factories}.
 */
class WithoutSpringDataJpa extends FilteredClassLoader {

    WithoutSpringDataJpa() {
        super("org.springframework.data.jpa");
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> found = Collections.list(super.getResources(name));
        found.removeIf(url -> url.getPath().contains("/spring-data-jpa"));
        return Collections.enumeration(found);
    }
}
