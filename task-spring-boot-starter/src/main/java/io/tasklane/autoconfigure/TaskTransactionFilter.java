package io.tasklane.autoconfigure;

import java.util.function.Predicate;
import org.springframework.transaction.PlatformTransactionManager;

/** Tells whether the transactions of a manager are those of the database of the tasks. */
@FunctionalInterface
interface TaskTransactionFilter extends Predicate<PlatformTransactionManager> {}
