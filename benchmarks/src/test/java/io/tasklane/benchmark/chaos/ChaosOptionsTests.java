package io.tasklane.benchmark.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tasklane.benchmark.chaos.fault.Fault;
import io.tasklane.benchmark.database.Product;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChaosOptions.parse(new String[] {"--long"}))
                .withMessage("No option --long; there are --minutes N, --short, --database=mariadb");
        assertThatIllegalArgumentException().isThrownBy(() -> ChaosOptions.parse(new String[] {"--database=oracle"}));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--minutes", "--minutes=", "--minutes=ten", "--minutes=-1", "--minutes=NaN", "--minutes=1e9"})
    void whatIsNoTimeIsRefused(String argument) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChaosOptions.parse(new String[] {argument}))
                .withMessageContaining("is no number of minutes");
    }

    @Test
    void onMariaDbThereIsNoFailover() {
        assertThat(ChaosOptions.parse(new String[] {"--database=mariadb"}).faults())
                .hasSize(Fault.ALL.size() - 1)
                .extracting(Fault::name)
                .doesNotContain("failover");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChaosOptions.parse(new String[] {"kill", "failover", "--database=mariadb"}))
                .withMessageStartingWith("No fault failover on MariaDB; there are kill, ");
    }
}
