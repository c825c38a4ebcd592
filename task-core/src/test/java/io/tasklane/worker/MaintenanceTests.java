package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.store.WorkerDescription;
import io.tasklane.store.memory.InMemoryTaskStore;
import io.tasklane.test.MutableInstantSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Row rank 4, by the clock: what one node does for all. */
class MaintenanceTests {

    private static final Duration LEASE = Duration.ofMinutes(1);

    private final MutableInstantSource clock = new MutableInstantSource();

    private final ManualTicker ticker = new ManualTicker();

    private final InMemoryTaskStore store = new InMemoryTaskStore(this.clock);

    private final List<Node> nodes = List.of(new Node(), new Node(), new Node());

    @Test
    void rank4_oneNodeRunsTheJobsAndOnlyTheOthersAskInVain() {
        this.nodes.forEach(Node::join);
        for (int i = 0; i < 120; i++) {
            this.nodes.forEach(Node::step);
            assertThat(this.nodes).extracting(node -> node.runs).containsExactly(i + 1, 0, 0);
            pass(Duration.ofSeconds(1));
        }
    }

    @Test
    void rank4_anotherNodeGoesOnWithinTheLeaseOfADeadOne() {
        this.nodes.forEach(Node::join);
        this.nodes.forEach(Node::step);
        assertThat(this.nodes.get(0).runs).isOne();
        List<Node> others = this.nodes.subList(1, 3);
        for (int i = 0; i < 60; i++) {
            pass(Duration.ofSeconds(1));
            others.forEach(Node::step);
        }
        assertThat(others).extracting(node -> node.runs).containsAnyOf(1);
        assertThat(this.store.leaseMaintenance(this.nodes.get(0).id, LEASE)).isFalse();
    }

    @Test
    void rank4_aNodeThatIsKnownToBeDeadIsReplacedAtTheNextAsking() {
        this.nodes.forEach(Node::join);
        this.nodes.forEach(Node::step);
        this.store.leave(this.nodes.get(0).id);
        pass(LEASE.dividedBy(2));
        this.nodes.get(1).step();
        assertThat(this.nodes.get(1).runs).isOne();
    }

    @Test
    void aNodeThatIsNotJoinedOrOutOfTouchDoesNothing() {
        Node node = this.nodes.get(0);
        assertThat(node.step()).isEqualTo(Duration.ofSeconds(1).toNanos());
        assertThat(node.runs).isZero();
        node.join();
        node.step();
        assertThat(node.runs).isOne();
        this.ticker.advance(RecoverySettings.DEFAULT.after());
        node.maintenance.maintain();
        assertThat(node.runs).isOne();
    }

    @Test
    void aNodeThatJoinsAnewAsksForTheLeaseAnew() {
        Node node = this.nodes.get(0);
        node.join();
        node.step();
        this.store.leave(node.id);
        node.presence.gone();
        node.join();
        this.ticker.advance(Duration.ofSeconds(1));
        node.step();
        assertThat(node.runs).isEqualTo(2);
        assertThat(this.store.leaseMaintenance(node.id, LEASE)).isTrue();
    }

    @Test
    void aNodeThatStopsBeginsNoFurtherPiece() {
        Node node = this.nodes.get(0);
        node.join();
        node.maintenance.add(() -> {
            node.maintenance.close();
            return 0;
        });
        node.maintenance.add(() -> {
            throw new AssertionError("began another piece");
        });
        assertThat(node.step()).isZero();
        assertThat(node.step()).isEqualTo(EngineLoop.UNTIL_WOKEN);
        assertThat(node.runs).isOne();
    }

    @Test
    void withoutAJobNobodyAsksForTheLease() {
        Maintenance idle = new Maintenance(this.store, this.nodes.get(0).presence, this.ticker, LEASE);
        this.nodes.get(0).join();
        assertThat(idle.maintain()).isEqualTo(EngineLoop.UNTIL_WOKEN);
        long other = this.nodes.get(1).join();
        assertThat(this.store.leaseMaintenance(other, LEASE)).isTrue();
    }

    @Test
    void aJobIsRunAgainWhenItSaysSo() {
        List<Long> waits = new ArrayList<>(List.of(0L, 5L, 1_000_000_000_000L));
        List<Long> runs = new ArrayList<>();
        Node node = new Node(() -> {
            runs.add(this.ticker.nanoTime());
            return waits.remove(0);
        });
        node.join();
        assertThat(node.step()).isZero();
        assertThat(node.step()).isEqualTo(5);
        assertThat(node.step()).isEqualTo(5);
        this.ticker.advance(Duration.ofNanos(5));
        assertThat(node.step()).isEqualTo(LEASE.toNanos() / 2 - 5);
        assertThat(runs).hasSize(3);
    }

    private void pass(Duration duration) {
        this.clock.advance(duration);
        this.ticker.advance(duration);
    }

    /** A node whose heartbeats always succeed. */
    private final class Node {

        final WorkerPresence presence = new WorkerPresence(MaintenanceTests.this.ticker, RecoverySettings.DEFAULT);

        final Maintenance maintenance =
                new Maintenance(MaintenanceTests.this.store, this.presence, MaintenanceTests.this.ticker, LEASE);

        int runs;

        long id;

        Node() {
            this.maintenance.add(() -> {
                this.runs++;
                return Duration.ofSeconds(1).toNanos();
            });
        }

        Node(MaintenanceJob job) {
            this.maintenance.add(job);
        }

        long join() {
            this.id = MaintenanceTests.this.store.join(new WorkerDescription("shop", "node", 1, List.of(), 1, 0));
            this.presence.joined(this.id, MaintenanceTests.this.ticker.nanoTime());
            return this.id;
        }

        long step() {
            this.presence.beaten(MaintenanceTests.this.ticker.nanoTime());
            return this.maintenance.maintain();
        }
    }
}
