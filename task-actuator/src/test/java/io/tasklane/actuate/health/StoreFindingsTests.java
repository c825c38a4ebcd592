package io.tasklane.actuate.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tasklane.store.StoreDoctor;
import io.tasklane.store.StoreFinding;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

class StoreFindingsTests {

    private static final StoreFinding FINDING = new StoreFinding("dead-rows", "table", "has many", "vacuum it");

    private final AtomicLong nanos = new AtomicLong(-1_000);

    private final AtomicInteger examinations = new AtomicInteger();

    private final StoreDoctor doctor = () -> {
        this.examinations.incrementAndGet();
        return List.of(FINDING);
    };

    @Test
    void c18_examinesOnceAMinuteHoweverOftenSomebodyAsks() {
        StoreFindings findings = findings(Runnable::run, this.doctor);
        for (int i = 0; i < 59; i++) {
            assertThat(findings.get()).containsExactly(FINDING);
            pass(Duration.ofSeconds(1));
        }
        assertThat(this.examinations).hasValue(1);

        pass(Duration.ofSeconds(1));
        findings.get();
        assertThat(this.examinations).hasValue(2);
    }

    @Test
    void nobodyIsExaminedUntilSomebodyAsks() {
        findings(Runnable::run, this.doctor);
        assertThat(this.examinations).hasValue(0);
    }

    @Test
    void c18_oneDoctorThatFailsKeepsNoOtherFromTelling() {
        StoreDoctor failing = () -> {
            throw new IllegalStateException("no connection");
        };
        assertThat(findings(Runnable::run, failing, this.doctor, failing).get()).containsExactly(FINDING);
    }

    @Test
    void c18_aSlowExaminationHoldsUpNobody() {
        CountDownLatch answer = new CountDownLatch(1);
        StoreDoctor slow = () -> {
            try {
                answer.await();
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
            return List.of(FINDING);
        };
        try (SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor()) {
            StoreFindings findings = findings(executor, slow);
            assertTimeoutPreemptively(
                    Duration.ofSeconds(10), () -> assertThat(findings.get()).isEmpty());
            answer.countDown();
            await().untilAsserted(() -> assertThat(findings.get()).containsExactly(FINDING));
        } finally {
            answer.countDown();
        }
    }

    @Test
    void withoutADoctorNothingIsStarted() {
        StoreFindings findings = findings(step -> {
            throw new AssertionError("started a thread");
        });
        assertThat(findings.get()).isEmpty();
    }

    private StoreFindings findings(Executor executor, StoreDoctor... doctors) {
        return new StoreFindings(List.of(doctors), executor, this.nanos::get, StoreFindings.LIMITS);
    }

    private void pass(Duration time) {
        this.nanos.addAndGet(time.toNanos());
    }
}
