package io.tasklane.autoconfigure;

import java.util.function.BooleanSupplier;

/** Tells whether a JTA transaction is active on the current thread. */
@FunctionalInterface
interface JtaActivity extends BooleanSupplier {}
