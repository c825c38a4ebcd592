package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.TaskId;
import io.tasklane.store.LeasedTask;
import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskLease;
import io.tasklane.store.TaskOutcome;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which of the tasks that ended are written together. */
class EndedTasksTests {

    private final EndedTasks tasks = new EndedTasks();

    @Test
    void guarantee4_whatEndedUnderALostLeaseIsNotWrittenBesideItsSuccessor() {
        EndedTask lost = ended(1, 1);
        EndedTask other = ended(2, 2);
        EndedTask current = ended(1, 3);
        this.tasks.add(lost);
        this.tasks.add(other);
        this.tasks.add(current);
        assertThat(this.tasks.take()).containsExactly(lost, other);
        assertThat(this.tasks.take()).containsExactly(current);
        assertThat(this.tasks.take()).isEmpty();
    }

    @Test
    void whatWasRefusedForItsDataIsWrittenAlone() {
        EndedTask first = ended(1, 1);
        EndedTask alone = ended(2, 2).isolated();
        EndedTask last = ended(3, 3);
        this.tasks.add(first);
        this.tasks.add(alone);
        this.tasks.add(last);
        assertThat(this.tasks.take()).containsExactly(first);
        assertThat(this.tasks.take()).containsExactly(alone);
        assertThat(this.tasks.take()).containsExactly(last);
    }

    @Test
    void guarantee4_aTaskIsHeldUntilWhatWasTakenIsSettled() {
        EndedTask task = ended(1, 1);
        TaskLease lease = task.completion().lease();
        this.tasks.add(task);
        assertThat(this.tasks.contains(lease)).isTrue();
        this.tasks.take();
        assertThat(this.tasks.contains(lease)).isTrue();
        this.tasks.settled();
        assertThat(this.tasks.contains(lease)).isFalse();
    }

    private static EndedTask ended(long id, long token) {
        TaskLease lease = new TaskLease(new TaskId(id), 1, token);
        LeasedTask leased = new LeasedTask(
                lease, "task", "default", 0, id, 0, 0, 0, "", 1, Map.of(), Instant.EPOCH, Instant.EPOCH, null, false);
        ManualTicker ticker = new ManualTicker();
        return new EndedTask(
                new RunningTask(leased, ticker, 0, new TaskTimer(ticker, () -> {}, (a, b, c, d) -> {})),
                new TaskCompletion(lease, null, null, new TaskOutcome.Succeeded(null)));
    }
}
