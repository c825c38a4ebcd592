package io.tasklane.worker;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** What all parts of a running node share: time, chance, health, and the class loader of their threads. */
record Engine(
        Ticker ticker,
        DoubleSupplier random,
        EngineHealth health,
        @Nullable ClassLoader classLoader) {

    static Engine create(Ticker ticker, @Nullable ClassLoader classLoader) {
        return new Engine(ticker, () -> ThreadLocalRandom.current().nextDouble(), new EngineHealth(), classLoader);
    }
}
