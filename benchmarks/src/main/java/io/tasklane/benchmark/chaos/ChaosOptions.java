package io.tasklane.benchmark.chaos;

import io.tasklane.benchmark.chaos.fault.Fault;
import io.tasklane.benchmark.database.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the command line asks for.
 *
 * @param product which database
 * @param time how long faults go on; each happens at least once
 * @param calm how long everything is left alone between two faults
 * @param faults what happens, in this order, again and again
 */
record ChaosOptions(Product product, Duration time, Duration calm, List<Fault> faults) {

    /** Longer than a worker must have been in touch before it may judge others. */
    private static final Duration CALM = Duration.ofSeconds(12);

    private static final Duration SHORT_CALM = Duration.ofSeconds(1);

    static ChaosOptions parse(String[] arguments) {
        Product product = Product.POSTGRESQL;
        Duration time = Duration.ZERO;
        Duration calm = CALM;
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("--short")) {
                calm = SHORT_CALM;
            } else if (argument.equals("--minutes") && i + 1 < arguments.length) {
                time = minutes(arguments[++i]);
            } else if (argument.startsWith("--minutes=")) {
                time = minutes(argument.substring("--minutes=".length()));
            } else if (argument.startsWith("--database=")) {
                product = product(argument.substring("--database=".length()));
            } else {
                faults.add(fault(argument));
            }
        }
        return new ChaosOptions(product, time, calm, faults.isEmpty() ? Fault.ALL : List.copyOf(faults));
    }

    private static Duration minutes(String value) {
        try {
            return Duration.ofMillis(Math.round(Double.parseDouble(value) * 60_000));
        } catch (NumberFormatException ex) {
            throw new IllegalArgumentException("'%s' is no number of minutes".formatted(value), ex);
        }
    }

    private static Product product(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "postgresql" -> Product.POSTGRESQL;
            case "mariadb" -> Product.MARIADB;
            default ->
                throw new IllegalArgumentException("No database %s; there are postgresql, mariadb".formatted(name));
        };
    }

    private static Fault fault(String name) {
        return Fault.ALL.stream()
                .filter(fault -> fault.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No fault %s; there are %s"
                        .formatted(name, Fault.ALL.stream().map(Fault::name).toList())));
    }
}
