package io.tasklane.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tasklane.benchmark.peer.Peer;
import io.tasklane.benchmark.peer.Peers;
import io.tasklane.benchmark.workload.DrainWorkload;
import io.tasklane.benchmark.workload.LatencyWorkload;
import io.tasklane.benchmark.workload.Workload;
import io.tasklane.benchmark.workload.Workloads;
import org.junit.jupiter.api.Test;

/** Tests for {@link Options} and {@link Selection}. */
class SelectionTests {

    @Test
    void withoutNamesEverythingRunsInThreeRounds() {
        Options options = Options.parse(new String[] {});
        Selection selection = Selection.of(options);

        assertThat(options.scale()).isEqualTo(new Scale(false, 3));
        assertThat(selection.peers()).hasSameSizeAs(Peers.all());
        assertThat(selection.workloads()).hasSameSizeAs(Workloads.all());
        assertThat(selection.peersFor(new LatencyWorkload())).hasSameSizeAs(Peers.all());
    }

    @Test
    void namesOfPeersAndWorkloadsComeInAnyOrder() {
        Selection selection = Selection.of(Options.parse(new String[] {"drain", "jobrunr", "--rounds=5", "tasklane"}));

        assertThat(selection.peers()).extracting(Peer::name).containsExactly("tasklane", "jobrunr");
        assertThat(selection.workloads()).extracting(Workload::name).containsExactly("drain");
    }

    @Test
    void shortRunComparesInTheDrainOnly() {
        Selection selection = Selection.of(Options.parse(new String[] {"--short"}));

        assertThat(selection.peersFor(new DrainWorkload())).hasSameSizeAs(Peers.all());
        assertThat(selection.peersFor(new LatencyWorkload()))
                .extracting(Peer::name)
                .containsExactly("tasklane");
    }

    @Test
    void shortRunWithNamedPeersComparesThemEverywhere() {
        Selection selection = Selection.of(Options.parse(new String[] {"--short", "bare"}));

        assertThat(selection.peersFor(new LatencyWorkload()))
                .extracting(Peer::name)
                .containsExactly("bare");
    }

    @Test
    void unknownNamesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Selection.of(Options.parse(new String[] {"drian"})))
                .withMessageContaining("drian")
                .withMessageContaining("drain");
        assertThatIllegalArgumentException().isThrownBy(() -> Options.parse(new String[] {"--shrt"}));
    }
}
