package io.tasklane.benchmark.chaos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.benchmark.chaos.Order;
import io.tasklane.benchmark.chaos.Order.Fate;
import io.tasklane.benchmark.chaos.fault.FaultWindow;
import io.tasklane.benchmark.chaos.fault.FaultWindow.Moment;
import io.tasklane.benchmark.chaos.worker.TaskKind;
import io.tasklane.benchmark.report.Check;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests for {@link Audit}: every broken guarantee is found. Times are seconds on both clocks. */
class AuditTests {

    private static final String EFFECTS = "3. with IN_TRANSACTION the effect of each success is there exactly once";

    private static final String CHILDREN = "3. with IN_TRANSACTION the child of each success exists exactly once";

    private final History history = new History();

    private final List<Order> orders = new ArrayList<>();

    private final List<FaultWindow> faults = new ArrayList<>();

    @Test
    void passesWhereNothingIsWrong() {
        ordered(1, 0, 1, 1, 10);
        ordered(2, 0, 2, 2, 12);
        task(3, TaskKind.FLAKY);
        run("w1-1:3", 3, TaskKind.FLAKY, 1, 0, 20, 0);
        run("w1-1:4", 3, TaskKind.FLAKY, 2, 0, 21, 22);
        end(3, TaskKind.FLAKY, "SUCCEEDED", "w1-1:4", 1);
        assertThat(failed()).isEmpty();
    }

    @Test
    void n4_findsTasksOfAKeyThatRanBesideOrBeforeTheOneBefore() {
        keyed(5, 10, 12);
        keyed(6, 11, 12);
        keyed(10, 12, 13);
        assertThat(failed()).isEmpty();
        keyed(15, 12, 14);
        assertThat(failed()).containsExactly("6. tasks of a key ran in order and one at a time");
    }

    @Test
    void n4_aRunThatDidNotCountMayGoOnBesideTheNextTaskOfItsKey() {
        task(5, TaskKind.KEYED);
        run("w1-1:5", 5, TaskKind.KEYED, 1, 0, 10, 30);
        run("w2-1:5", 5, TaskKind.KEYED, 1, 1, 20, 21);
        end(5, TaskKind.KEYED, "SUCCEEDED", "w2-1:5", 0);
        fault("freeze", 1, 10, 20, false);
        keyed(10, 22, 23);
        assertThat(failed()).isEmpty();
    }

    private void keyed(long number, int start, int end) {
        task(number, TaskKind.KEYED);
        run("w1-1:" + number, number, TaskKind.KEYED, 1, 0, start, end);
        end(number, TaskKind.KEYED, "SUCCEEDED", "w1-1:" + number, 0);
    }

    @Test
    void findsCommitsThatAreGone() {
        order(1, TaskKind.PLAIN, Fate.COMMITTED);
        assertThat(failed()).anyMatch(what -> what.startsWith("1. no acknowledged"));
    }

    @Test
    void findsOrdersWithoutTheirTaskAndTasksWithoutTheirOrder() {
        order(1, TaskKind.PLAIN, Fate.UNKNOWN);
        this.history.addOrder(1);
        assertThat(failed()).anyMatch(what -> what.startsWith("1. a task exists"));
        this.history.add(stored(1, TaskKind.PLAIN, "SUCCEEDED", "w1-1:1", 0, 1, false));
        run("w1-1:1", 1, TaskKind.PLAIN, 1, 0, 10, 11);
        assertThat(failed()).noneMatch(what -> what.startsWith("1. a task exists"));
        this.history.add(stored(2, TaskKind.PLAIN, "SUCCEEDED", null, 0, 1, false));
        assertThat(failed()).anyMatch(what -> what.startsWith("1. a task exists"));
    }

    @Test
    void findsRunsOfWhatWasRolledBack() {
        order(1, TaskKind.PLAIN, Fate.ROLLED_BACK);
        run("w1-1:1", 1, TaskKind.PLAIN, 1, 0, 10, 11);
        assertThat(failed()).anyMatch(what -> what.startsWith("1. nothing ran"));
    }

    @Test
    void findsRunsBeforeTheCommit() {
        this.orders.add(new Order(1, TaskKind.PLAIN, 0, Duration.ZERO, Fate.COMMITTED, nanos(5), micros(6)));
        this.history.addOrder(1);
        run("w1-1:1", 1, TaskKind.PLAIN, 1, 0, 4, 7);
        end(1, TaskKind.PLAIN, "SUCCEEDED", "w1-1:1", 0);
        assertThat(failed()).containsExactly("1. nothing ran before its commit, or without one");
    }

    @Test
    void findsLostTasks() {
        task(1, TaskKind.PLAIN);
        this.history.add(stored(1, TaskKind.PLAIN, "QUEUED", null, 0, 0, false));
        assertThat(failed()).containsExactly("2. no task is lost");
    }

    @Test
    void findsTasksThatSucceededWithoutDoingTheirWork() {
        task(1, TaskKind.PLAIN);
        run("w1-1:1", 1, TaskKind.PLAIN, 1, 0, 10, 0);
        end(1, TaskKind.PLAIN, "SUCCEEDED", "w1-1:1", 0);
        assertThat(failed()).containsExactly("2. no task is lost");
    }

    @Test
    void aSecondRunNeedsAFaultAtWhichTheFirstWasInFlight() {
        task(1, TaskKind.PLAIN);
        run("w1-1:1", 1, TaskKind.PLAIN, 1, 0, 10, 11);
        run("w2-1:1", 1, TaskKind.PLAIN, 1, 1, 30, 31);
        end(1, TaskKind.PLAIN, "SUCCEEDED", "w2-1:1", 0);
        assertThat(failed()).containsExactly("3. what ran again was in flight at a fault");
        fault("kill", 2, 10, 12, false);
        assertThat(failed()).as("of another node").hasSize(1);
        fault("kill", 1, 20, 25, false);
        assertThat(failed()).as("too late").hasSize(1);
        fault("kill", 1, 12, 12, false);
        assertThat(failed()).isEmpty();
    }

    @Test
    void aBodyThatBeganWithoutItsClaimWasInFlightAtTheFaultBefore() {
        task(1, TaskKind.PLAIN);
        run("w2-1:1", 1, TaskKind.PLAIN, 1, 1, 30, 31);
        this.history.add(new Run("w1-1:1", 1, TaskKind.PLAIN, "w1-1", 1, 10, 1, 0, 0, 0, 0, nanos(33), 0));
        end(1, TaskKind.PLAIN, "SUCCEEDED", "w2-1:1", 0);
        fault("freeze", 1, 10, 25, false);
        assertThat(failed()).containsExactly("3. what ran again was in flight at a fault");
        fault("freeze", 1, 15, 31, false);
        assertThat(failed()).as("but was claimed before the other claim").isEmpty();
    }

    @Test
    void findsBodiesThatStartedTwiceAlthoughTheyMustNot() {
        task(1, TaskKind.ONCE);
        run("w1-1:1", 1, TaskKind.ONCE, 1, 0, 10, 0);
        run("w2-1:1", 1, TaskKind.ONCE, 1, 1, 30, 31);
        end(1, TaskKind.ONCE, "SUCCEEDED", "w2-1:1", 0);
        fault("kill", 1, 10, 11, false);
        assertThat(failed()).containsExactly("3. with BEFORE_RUN no body started twice");
    }

    @Test
    void aTaskThatStartsOnceMayFailAtAFault() {
        task(1, TaskKind.ONCE);
        run("w1-1:1", 1, TaskKind.ONCE, 1, 0, 10, 0);
        end(1, TaskKind.ONCE, "FAILED", null, 0);
        assertThat(failed()).containsExactly("3. with BEFORE_RUN what failed was in flight at a fault");
        fault("kill", 1, 10, 11, false);
        assertThat(failed()).isEmpty();
    }

    @Test
    void whatCommitsTogetherIsThereOnce() {
        task(1, TaskKind.FANOUT);
        run("w1-1:1", 1, TaskKind.FANOUT, 1, 0, 10, 11);
        end(1, TaskKind.FANOUT, "SUCCEEDED", "w1-1:1", 0);
        assertThat(failed()).containsExactlyInAnyOrder(EFFECTS, CHILDREN);
        effect("w1-1:1", 1, 10);
        assertThat(failed()).containsExactly(CHILDREN);
        child(1, "w1-1:2");
        run("w1-1:2", -1, TaskKind.CHILD, 1, 0, 12, 13);
        assertThat(failed()).isEmpty();
        effect("w2-1:1", 1, 11);
        assertThat(failed()).containsExactly(EFFECTS);
        child(1, "w1-1:2");
        assertThat(failed()).containsExactlyInAnyOrder(EFFECTS, CHILDREN);
    }

    @Test
    void findsEffectsOfRunsThatDidNotCount() {
        task(1, TaskKind.BOOKED);
        run("w1-1:1", 1, TaskKind.BOOKED, 1, 0, 10, 0);
        run("w2-1:1", 1, TaskKind.BOOKED, 1, 1, 30, 31);
        end(1, TaskKind.BOOKED, "SUCCEEDED", "w2-1:1", 0);
        fault("kill", 1, 10, 11, false);
        effect("w1-1:1", 1, 10);
        assertThat(failed()).containsExactly(EFFECTS);
    }

    @Test
    void findsEffectsAndChildrenOfWhatIsNoSuccess() {
        effect("w1-1:1", 1, 10);
        assertThat(failed()).containsExactly(EFFECTS);
        child(2, "w1-1:2");
        run("w1-1:2", -2, TaskKind.CHILD, 1, 0, 12, 13);
        assertThat(failed()).contains(EFFECTS, CHILDREN, "1. nothing ran before its commit, or without one");
    }

    @Test
    void findsChildrenThatRanBeforeTheirParentCommitted() {
        task(1, TaskKind.FANOUT);
        run("w1-1:1", 1, TaskKind.FANOUT, 1, 0, 10, 11);
        effect("w1-1:1", 1, 10);
        end(1, TaskKind.FANOUT, "SUCCEEDED", "w1-1:1", 0);
        child(1, "w1-1:2");
        run("w1-1:2", -1, TaskKind.CHILD, 1, 0, 9, 13);
        assertThat(failed()).containsExactly("1. nothing ran before its commit, or without one");
    }

    @Test
    void aTransactionThatIsLostMayUseUpARetryAtAFaultAndAfterMaxRecoveriesOnly() {
        task(1, TaskKind.UNDONE);
        run("w1-1:1", 1, TaskKind.UNDONE, 1, 0, 10, 0);
        run("w1-1:2", 1, TaskKind.UNDONE, 2, 0, 20, 0);
        run("w1-1:3", 1, TaskKind.UNDONE, 3, 0, 30, 31);
        this.history.add(recovered(3));
        effect("w1-1:3", 1, 30);
        child(1, "w1-1:4");
        run("w1-1:4", -1, TaskKind.CHILD, 1, 0, 32, 33);
        assertThat(failed())
                .containsExactlyInAnyOrder("3. what ran again was in flight at a fault", "5. no fault used up a retry");
        fault("cut", 1, 20, 21, false);
        assertThat(failed()).isEmpty();
        assertThat(Repetitions.of(new Evidence(this.orders, this.faults, this.history))
                        .by("cut"))
                .as("but it is listed")
                .isEqualTo(1);
    }

    @Test
    void findsRetriesThatALostTransactionUsedUp() {
        task(1, TaskKind.UNDONE);
        run("w1-1:1", 1, TaskKind.UNDONE, 1, 0, 10, 0);
        run("w1-1:2", 1, TaskKind.UNDONE, 2, 0, 20, 0);
        run("w1-1:3", 1, TaskKind.UNDONE, 3, 0, 30, 31);
        this.history.add(recovered(2));
        effect("w1-1:3", 1, 30);
        child(1, "w1-1:4");
        run("w1-1:4", -1, TaskKind.CHILD, 1, 0, 32, 33);
        fault("cut", 1, 20, 21, false);
        assertThat(failed()).containsExactly("5. no fault used up a retry");
    }

    /** One that used up a retry more than planned. */
    private static StoredTask recovered(int recoveries) {
        return new StoredTask(1, 1, TaskKind.UNDONE, "SUCCEEDED", 2, recoveries, 1, "w1-1:3", micros(1), true);
    }

    @Test
    void findsResultsOfZombies() {
        task(1, TaskKind.PLAIN);
        run("w1-1:1", 1, TaskKind.PLAIN, 1, 0, 10, 31);
        run("w2-1:1", 1, TaskKind.PLAIN, 1, 1, 30, 32);
        end(1, TaskKind.PLAIN, "SUCCEEDED", "w1-1:1", 0);
        fault("freeze", 1, 10, 30, false);
        fault("freeze", 2, 10, 30, false);
        assertThat(failed()).containsExactly("4. no result was written by a worker that had lost its claim");
    }

    @Test
    void findsRetriesThatAFaultUsedUp() {
        task(1, TaskKind.PLAIN);
        run("w1-1:1", 1, TaskKind.PLAIN, 1, 0, 10, 0);
        run("w2-1:1", 1, TaskKind.PLAIN, 2, 0, 30, 31);
        end(1, TaskKind.PLAIN, "SUCCEEDED", "w2-1:1", 1);
        assertThat(failed()).containsExactly("5. no fault used up a retry");
    }

    @Test
    void aTaskThatWasInFlightAtMoreFaultsThanItIsPutBackForMayFail() {
        task(1, TaskKind.SLOW);
        for (int time = 0; time < 4; time++) {
            int node = 1 + time % 2;
            run("w%d-1:%d".formatted(node, time), 1, TaskKind.SLOW, 1, time, 10 + 20 * time, 0);
            fault("kill", node, 10 + 20 * time, 21 + 20 * time, false);
        }
        this.history.add(new StoredTask(1, 1, TaskKind.SLOW, "FAILED", 0, 4, 2, null, micros(1), true));
        assertThat(failed()).isEmpty();
        // At three of them it would have been put back.
        this.faults.remove(3);
        assertThat(failed()).contains("2. no task is lost");
    }

    @Test
    void findsClaimsOutOfOrder() {
        // The one with the higher priority was there all the time.
        ordered(1, 0, 1, 1, 10);
        ordered(2, 5, 2, 2, 20);
        assertThat(failed()).anyMatch(what -> what.startsWith("6."));
    }

    @Test
    void whatIsHeldInvisiblyDuringAFaultIsNoClaimOutOfOrder() {
        ordered(1, 0, 1, 1, 10);
        ordered(2, 5, 2, 2, 20);
        ordered(3, 0, 3, 50, 60);
        ordered(4, 0, 4, 51, 62);
        fault("cut", 1, 9, 11, false);
        assertThat(failed()).isEmpty();
    }

    @Test
    void findsWorkersThatDoNotGoOn() {
        ordered(1, 0, 1, 1, 10);
        ordered(2, 0, 2, 2, 12);
        this.faults.add(new FaultWindow("database", Set.of(1), moment(30), moment(31), false, Duration.ofSeconds(31)));
        assertThat(failed()).containsExactly("7. after each fault all workers went on by themselves");
    }

    @Test
    void findsTasksThatAreNotPickedUpInTime() {
        task(1, TaskKind.SLOW);
        run("w1-1:1", 1, TaskKind.SLOW, 1, 0, 10, 0);
        run("w2-1:1", 1, TaskKind.SLOW, 1, 1, 26, 27);
        end(1, TaskKind.SLOW, "SUCCEEDED", "w2-1:1", 0);
        fault("kill", 1, 10, 11, true);
        assertThat(failed()).containsExactly("the tasks of a silent worker were picked up within 15.0 s");
    }

    @Test
    void aSecondDeathUnderATaskAndUrgentOnesMayPutOffItsPickUp() {
        // In flight at a fault of ten seconds, and at another one: a suspect.
        task(1, TaskKind.SLOW);
        run("w2-1:1", 1, TaskKind.SLOW, 1, 0, 4, 0);
        run("w1-1:1", 1, TaskKind.SLOW, 1, 1, 18, 0);
        run("w2-1:2", 1, TaskKind.SLOW, 1, 2, 49, 50);
        end(1, TaskKind.SLOW, "SUCCEEDED", "w2-1:2", 0);
        fault("freeze", 2, 4, 14, true);
        fault("kill", 1, 18, 29, true);
        assertThat(failed()).isEmpty();

        // Not so at a shorter one, which ends no worker.
        task(2, TaskKind.BOOKED);
        run("w2-1:3", 2, TaskKind.BOOKED, 1, 0, 60, 0);
        run("w1-1:3", 2, TaskKind.BOOKED, 1, 1, 64, 0);
        run("w2-1:4", 2, TaskKind.BOOKED, 1, 2, 85, 86);
        end(2, TaskKind.BOOKED, "SUCCEEDED", "w2-1:4", 0);
        effect("w2-1:4", 2, 86);
        fault("database", 2, 60, 63, false);
        fault("kill", 1, 64, 75, true);
        assertThat(failed()).containsExactly("the tasks of a silent worker were picked up within 15.0 s");
    }

    @Test
    void findsDelayedTasksThatRanEarly() {
        this.orders.add(new Order(1, TaskKind.DELAYED, 0, Duration.ofSeconds(20), Fate.COMMITTED, nanos(1), micros(1)));
        this.history.addOrder(1);
        run("w1-1:1", 1, TaskKind.DELAYED, 1, 0, 10, 11);
        end(1, TaskKind.DELAYED, "SUCCEEDED", "w1-1:1", 0);
        assertThat(failed()).containsExactly("no delayed task ran early, by the database's clock");
    }

    /** What is wrong; that claims were compared at all is only asked of those tests that make some. */
    private List<String> failed() {
        Evidence evidence = new Evidence(this.orders, this.faults, this.history);
        boolean claims = this.orders.stream().anyMatch(order -> order.kind() == TaskKind.ORDERED);
        return Audit.check(evidence, Repetitions.of(evidence)).stream()
                .filter(check -> !check.passed())
                .map(Check::what)
                .filter(what -> claims || !what.startsWith("6. claimed"))
                .toList();
    }

    private void task(long number, TaskKind kind) {
        order(number, kind, Fate.COMMITTED);
        this.history.addOrder(number);
    }

    private void order(long number, TaskKind kind, Fate fate) {
        this.orders.add(new Order(number, kind, 0, Duration.ZERO, fate, nanos(1), micros(1)));
    }

    private void ordered(long number, int priority, long seq, long committed, long claimed) {
        this.orders.add(new Order(
                number,
                TaskKind.ORDERED,
                priority,
                Duration.ZERO,
                Fate.COMMITTED,
                nanos(committed),
                micros(committed)));
        this.history.addOrder(number);
        String run = "w1-1:" + number;
        this.history.add(new Run(
                run,
                number,
                TaskKind.ORDERED,
                "w1-1",
                1,
                10,
                1,
                0,
                1,
                seq,
                micros(claimed),
                nanos(claimed),
                nanos(claimed + 1)));
        end(number, TaskKind.ORDERED, "SUCCEEDED", run, 0);
    }

    private void run(String id, long number, TaskKind kind, int attempt, int recoveries, long start, long end) {
        String process = id.substring(0, id.indexOf(':'));
        this.history.add(new Run(
                id,
                number,
                kind,
                process,
                process.charAt(1) - '0',
                10,
                attempt,
                recoveries,
                process.charAt(1) - '0',
                number,
                micros(start),
                nanos(start),
                nanos(end)));
    }

    private void end(long number, TaskKind kind, String state, String run, int retries) {
        long worker = run != null ? run.charAt(1) - '0' : 1;
        this.history.add(stored(number, kind, state, run, retries, worker, false));
    }

    private void effect(String run, long number, long written) {
        this.history.add(new Effect(run, number, nanos(written)));
    }

    private void child(long parent, String run) {
        end(-parent, TaskKind.CHILD, "SUCCEEDED", run, 0);
    }

    private static StoredTask stored(
            long number, TaskKind kind, String state, String run, int retries, long worker, boolean attempted) {
        return new StoredTask(number, number, kind, state, retries, 0, worker, run, micros(1), attempted);
    }

    private void fault(String name, int node, long begin, long end, boolean silences) {
        this.faults.add(
                new FaultWindow(name, Set.of(node), moment(begin), moment(end), silences, Duration.ofSeconds(1)));
    }

    private static Moment moment(long second) {
        return new Moment(nanos(second), micros(second));
    }

    private static long nanos(long second) {
        return second * 1_000_000_000;
    }

    private static long micros(long second) {
        return second * 1_000_000;
    }
}
