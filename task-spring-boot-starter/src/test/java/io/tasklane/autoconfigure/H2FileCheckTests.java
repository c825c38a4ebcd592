package io.tasklane.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@ExtendWith(OutputCaptureExtension.class)
class H2FileCheckTests {

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:./shop", "jdbc:h2:file:./shop", "jdbc:h2:~/shop", "jdbc:h2:nio:./shop"})
    void decision12_anInterruptClosesAPlainFile(String url) {
        assertThat(H2FileCheck.isPlainFile(url)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:async:./shop",
                "jdbc:h2:file:async:./shop",
                "jdbc:h2:mem:shop",
                "jdbc:h2:tcp://db/shop",
                "jdbc:postgresql://db/shop"
            })
    void decision12_othersAreSafe(String url) {
        assertThat(H2FileCheck.isPlainFile(url)).isFalse();
    }

    @Test
    void decision12_aPlainFileIsWarnedOfAndAnAsyncOneIsNot(@TempDir Path directory, CapturedOutput output) {
        H2FileCheck.check(new DriverManagerDataSource("jdbc:h2:async:" + directory.resolve("async"), "sa", "secret"));
        assertThat(output).doesNotContain("WARN");

        H2FileCheck.check(new DriverManagerDataSource(
                "jdbc:h2:%s;USER=sa;PASSWORD=secret".formatted(directory.resolve("plain"))));
        assertThat(output).contains("WARN", directory.resolve("plain").toString(), "Open it with jdbc:h2:async:");
        assertThat(output).doesNotContain("secret");
    }
}
