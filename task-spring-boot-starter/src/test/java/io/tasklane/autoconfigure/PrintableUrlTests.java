package io.tasklane.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableUrlTests {

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db.example:5432/shop, jdbc:postgresql://db.example:5432/shop",
        "jdbc:postgresql://db.example/shop?user=ada&password=secret, jdbc:postgresql://db.example/shop",
        "jdbc:mysql://ada:secret@db.example/shop, jdbc:mysql://db.example/shop",
        "jdbc:h2:file:./shop;PASSWORD=secret, jdbc:h2:file:./shop",
    })
    void leavesOutWhatMayBeAPassword(String url, String printed) {
        assertThat(PrintableUrl.of(url)).isEqualTo(printed);
    }
}
