package io.tasklane.benchmark.chaos;

import io.tasklane.benchmark.chaos.fault.Fault;
import io.tasklane.benchmark.database.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

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

    /** A week. */
    private static final int MOST_MINUTES = 7 * 24 * 60;

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException if it asks for what there is not, with what there is
     */
    static ChaosOptions parse(String[] arguments) {
        Product product = Product.POSTGRESQL;
        Duration time = Duration.ZERO;
        Duration calm = CALM;
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("--short")) {
                calm = SHORT_CALM;
            } else if (argument.equals("--minutes")) {
                time = minutes(++i < arguments.length ? arguments[i] : "");
            } else if (argument.startsWith("--minutes=")) {
                time = minutes(argument.substring("--minutes=".length()));
            } else if (argument.startsWith("--database=")) {
                product = product(argument.substring("--database=".length()));
            } else if (argument.startsWith("-")) {
                throw new IllegalArgumentException(
                        "No option %s; there are --minutes N, --short, --database=mariadb".formatted(argument));
            } else {
                faults.add(fault(argument));
            }
        }
        return new ChaosOptions(product, time, calm, faults.isEmpty() ? possible(product) : possible(product, faults));
    }

    private static List<Fault> possible(Product product) {
        return Fault.ALL.stream().filter(fault -> fault.isPossible(product)).toList();
    }

    private static List<Fault> possible(Product product, List<Fault> faults) {
        for (Fault fault : faults) {
            if (!fault.isPossible(product)) {
                throw new IllegalArgumentException("No fault %s on %s; there are %s"
                        .formatted(fault.name(), product.label(), names(possible(product))));
            }
        }
        return List.copyOf(faults);
    }

    private static String names(List<Fault> faults) {
        return faults.stream().map(Fault::name).collect(Collectors.joining(", "));
    }

    private static Duration minutes(String value) {
        try {
            double minutes = Double.parseDouble(value);
            if (minutes >= 0 && minutes <= MOST_MINUTES) {
                return Duration.ofMillis(Math.round(minutes * 60_000));
            }
        } catch (NumberFormatException ex) {
            // Refused below, like all that is no number of minutes.
        }
        throw new IllegalArgumentException("'%s' is no number of minutes from 0 to %d".formatted(value, MOST_MINUTES));
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
                .orElseThrow(() ->
                        new IllegalArgumentException("No fault %s; there are %s".formatted(name, names(Fault.ALL))));
    }
}
