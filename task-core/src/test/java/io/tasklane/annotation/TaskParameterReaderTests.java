package io.tasklane.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

class TaskParameterReaderTests {

    @Test
    void missingParameterNamesAreRefused() throws Exception {
        // The JDK is compiled without '-parameters'.
        Method method = StringJoiner.class.getMethod("add", CharSequence.class);
        TaskMethodFindings findings = new TaskMethodFindings(method, StringJoiner.class);
        assertThat(new TaskParameterReader().parameters(method, StringJoiner.class, findings))
                .hasSize(1);
        assertThat(findings.problems("bean")).singleElement().satisfies(problem -> {
            assertThat(problem.problem()).contains("names of its parameters");
            assertThat(problem.action()).contains("-parameters");
        });
    }

    @Test
    void methodWithoutParametersNeedsNoNames() throws Exception {
        Method method = StringJoiner.class.getMethod("length");
        TaskMethodFindings findings = new TaskMethodFindings(method, StringJoiner.class);
        assertThat(new TaskParameterReader().parameters(method, StringJoiner.class, findings))
                .isEmpty();
        assertThat(findings.isEmpty()).isTrue();
    }
}
