package io.tasklane.benchmark.chaos.audit;

import io.tasklane.benchmark.report.Check;
import java.util.ArrayList;
import java.util.List;

/** Holds the evidence against the guarantees. Checks begin with the number of theirs. */
public final class Audit {

    private Audit() {}

    /** Returns all checks. */
    public static List<Check> check(Evidence evidence, Repetitions repetitions) {
        List<Check> checks = new ArrayList<>();
        checks.addAll(ExistenceChecks.of(evidence));
        checks.addAll(OutcomeChecks.of(evidence));
        checks.addAll(RepetitionChecks.of(evidence, repetitions));
        checks.addAll(TransactionChecks.of(evidence));
        checks.add(ClaimOrder.check(evidence));
        checks.add(KeyChecks.of(evidence));
        checks.addAll(RecoveryChecks.of(evidence));
        return checks;
    }
}
