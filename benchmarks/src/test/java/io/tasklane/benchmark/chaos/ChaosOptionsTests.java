package io.tasklane.benchmark.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tasklane.benchmark.chaos.fault.Fault;
import io.tasklane.benchmark.database.Product;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests for {@link ChaosOptions}. */
class ChaosOptionsTests {

    @Test
    void withoutArgumentsEachFaultHappensOnceOnPostgreSql() {
        ChaosOptions options = ChaosOptions.parse(new String[0]);
        assertThat(options.product()).isEqualTo(Product.POSTGRESQL);
        assertThat(options.time()).isZero();
        assertThat(options.faults()).isEqualTo(Fault.ALL);
    }

    @Test
    void minutesAreWrittenWithOrWithoutAnEqualsSign() {
        assertThat(ChaosOptions.parse(new String[] {"--minutes", "10"}).time()).isEqualTo(Duration.ofMinutes(10));
        assertThat(ChaosOptions.parse(new String[] {"--minutes=0.5"}).time()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void faultsAreNamedInAnyNumber() {
        ChaosOptions options =
                ChaosOptions.parse(new String[] {"--database=mariadb", "--short", "kill", "cut", "kill"});
        assertThat(options.product()).isEqualTo(Product.MARIADB);
        assertThat(options.faults()).extracting(Fault::name).containsExactly("kill", "cut", "kill");
    }

    @Test
    void whatIsUnknownIsRefusedWithWhatThereIs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChaosOptions.parse(new String[] {"earthquake"}))
                .withMessageContaining("earthquake")
                .withMessageContaining("failover");
        assertThatIllegalArgumentException().isThrownBy(() -> ChaosOptions.parse(new String[] {"--database=oracle"}));
        assertThatIllegalArgumentException().isThrownBy(() -> ChaosOptions.parse(new String[] {"--minutes"}));
        assertThatIllegalArgumentException().isThrownBy(() -> ChaosOptions.parse(new String[] {"--minutes=ten"}));
    }
}
