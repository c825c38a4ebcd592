package io.tasklane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NamePatternTests {

    @Test
    void p6_aNameWithoutStarsMatchesItselfOnly() {
        NamePattern pattern = NamePattern.glob("Mailer.welcome");
        assertThat(pattern.matches("Mailer.welcome")).isTrue();
        assertThat(pattern.matches("MailerXwelcome")).isFalse();
        assertThat(pattern.matches("Mailer.welcome2")).isFalse();
        assertThat(pattern.matches("a Mailer.welcome")).isFalse();
        assertThat(pattern).hasToString("Mailer.welcome");
    }

    @Test
    void p6_starsStandForAnyCharactersAndQuestionMarksForOne() {
        assertThat(NamePattern.glob("app.send-*").matches("app.send-mail")).isTrue();
        assertThat(NamePattern.glob("app.send-*").matches("app.send-")).isTrue();
        assertThat(NamePattern.glob("app.send-*").matches("app.sent")).isFalse();
        assertThat(NamePattern.glob("*").matches("anything\nat all")).isTrue();
        assertThat(NamePattern.glob("v?.run").matches("v1.run")).isTrue();
        assertThat(NamePattern.glob("v?.run").matches("v.run")).isFalse();
        assertThat(NamePattern.glob("\\E[a](b)|c^$").matches("\\E[a](b)|c^$")).isTrue();
    }

    @Test
    void p6_aRegularExpressionMatchesTheWholeName() {
        NamePattern pattern = NamePattern.regex("Mailer\\.(welcome|bye)");
        assertThat(pattern.matches("Mailer.bye")).isTrue();
        assertThat(pattern.matches("Mailer.byes")).isFalse();
        assertThat(pattern)
                .isEqualTo(NamePattern.regex("Mailer\\.(welcome|bye)"))
                .hasToString("Mailer\\.(welcome|bye)");
    }

    @Test
    void p6_whatIsNoExpressionIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamePattern.regex("(a"))
                .withMessageContaining("'(a'")
                .withMessageContaining("RE2");
        assertThatIllegalArgumentException().isThrownBy(() -> NamePattern.regex("(?=a)b"));
    }

    @Test
    void c14_anExpressionThatTakesJavaForEverIsDoneAtOnce() {
        String name = "a".repeat(5_000) + "!";
        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(NamePattern.regex("(a+)+").matches(name)).isFalse());
    }
}
