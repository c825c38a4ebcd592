package io.tasklane.autoconfigure;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains queues that nothing declares. */
class UnknownTaskQueueFailureAnalyzer extends AbstractFailureAnalyzer<UnknownTaskQueueException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnknownTaskQueueException cause) {
        String uses = cause.queueBySource().entrySet().stream()
                .map(use -> "    - %s: queue '%s'%s"
                        .formatted(use.getKey(), use.getValue(), suggestion(use.getValue(), cause.known())))
                .collect(Collectors.joining(System.lineSeparator()));
        String names = new TreeSet<>(cause.queueBySource().values())
                .stream().map("tasklane.queues.%s"::formatted).collect(Collectors.joining(", "));
        return new FailureAnalysis(
                "Queues are used that are declared neither in the configuration nor in the database:%n%n%s%n%nKnown queues: %s"
                        .formatted(uses, String.join(", ", cause.known())),
                "Correct the name, or declare the queue in application.yml (%s; an empty entry '{}' is enough), or set tasklane.create-missing-queues=true."
                        .formatted(names),
                cause);
    }

    private static String suggestion(String queue, List<String> known) {
        return known.stream()
                .filter(name -> EditDistance.between(name, queue) <= 2)
                .findFirst()
                .map(name -> ", did you mean '%s'?".formatted(name))
                .orElse("");
    }
}
