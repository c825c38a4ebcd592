package io.tasklane.worker;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.none;

import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.agent.builder.AgentBuilder.RedefinitionStrategy;
import net.bytebuddy.asm.Advice;

/** Makes the clock of a JVM wrong: of all that asks {@code java.time}. */
final class SkewedClock {

    private static final String MILLIS = "tasklane.test.skew";

    private SkewedClock() {}

    /** Returns what the command of a JVM needs so that its program can call {@link #install}. */
    static List<String> options(Duration skew) {
        Path agent = Path.of(ByteBuddyAgent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        return List.of("-javaagent:" + agent, "-D" + MILLIS + "=" + skew.toMillis());
    }

    /** Makes the clock of this JVM wrong, if it was started so. */
    static void install() {
        if (Long.getLong(MILLIS) == null) {
            return;
        }
        Instant before = Clock.systemUTC().instant();
        Instrumentation instrumentation = ByteBuddyAgent.getInstrumentation();
        new AgentBuilder.Default()
                .disableClassFormatChanges()
                .ignore(none())
                .with(RedefinitionStrategy.RETRANSFORMATION)
                .type(named("java.time.Clock"))
                .transform((builder, type, loader, module, domain) ->
                        builder.visit(Advice.to(Skew.class).on(named("currentInstant"))))
                .installOn(instrumentation);
        Duration moved = Duration.between(before, Clock.systemUTC().instant());
        if (moved.minusMillis(Long.getLong(MILLIS)).abs().compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalStateException(
                    "The clock was moved by " + moved + " instead of " + Long.getLong(MILLIS) + " ms");
        }
    }

    /** Its code is copied into the JDK's, so it can only use the JDK. */
    static final class Skew {

        private Skew() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) Instant now) {
            now = now.plusMillis(Long.getLong("tasklane.test.skew", 0));
        }
    }
}
