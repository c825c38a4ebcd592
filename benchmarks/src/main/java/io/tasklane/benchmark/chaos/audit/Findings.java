package io.tasklane.benchmark.chaos.audit;

import io.tasklane.benchmark.report.Check;
import java.util.Set;

/** Numbers of tasks of which there should be none. */
final class Findings {

    private Findings() {}

    /**
     * Returns a check that passes if there are none.
     *
     * @param what what must be so
     * @param numbers the tasks of which it is not so
     * @param detail figures to compare with
     */
    static Check none(String what, Set<Long> numbers, String detail) {
        String found =
                numbers.isEmpty() ? "" : ", such as task " + numbers.iterator().next();
        return new Check(what, numbers.isEmpty(), "%d wrong%s; %s".formatted(numbers.size(), found, detail));
    }
}
