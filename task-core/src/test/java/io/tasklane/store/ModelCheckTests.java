package io.tasklane.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tasklane.store.memory.InMemoryTaskStore;
import io.tasklane.test.MutableInstantSource;
import io.tasklane.test.ResourcelessTransactionManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether the comparison with the model finds what is wrong with a store, and can be repeated. */
class ModelCheckTests {

    private static final Pattern SEED = Pattern.compile("-D" + ModelCheck.SEED + "=(-?\\d+)");

    private static final Pattern OPERATION = Pattern.compile("(?m)^ {2}\\S");

    private final MutableInstantSource clock = new MutableInstantSource();

    private final Instant start = this.clock.instant();

    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void clear() {
        System.clearProperty(ModelCheck.SEED);
        System.clearProperty(ModelCheck.OPERATIONS);
    }

    @Test
    void model_aStoreThatDoesNotPauseIsFoundOutAndItsSeedFindsTheSameAgain() {
        AssertionError found = failure();
        Matcher seed = SEED.matcher(found.getMessage());
        assertThat(seed.find()).as(found.getMessage()).isTrue();
        assertThat(found).hasMessageContaining("Pause").cause().isNotNull();
        assertThat(OPERATION.matcher(found.getMessage()).results().count())
                .as("the shortest sequence")
                .isLessThan(12);

        System.setProperty(ModelCheck.SEED, seed.group(1));
        assertThat(failure()).hasMessage(found.getMessage());
    }

    @Test
    void model_tenThousandOperationsAreAppliedUnlessMoreAreAskedFor() {
        assertThatCode(() -> check(false)).doesNotThrowAnyException();
        assertThat(this.runs).hasValue(50);

        System.setProperty(ModelCheck.OPERATIONS, "20000");
        assertThatCode(() -> check(false)).doesNotThrowAnyException();
        assertThat(this.runs).hasValue(150);
    }

    private AssertionError failure() {
        return catchThrowableOfType(AssertionError.class, () -> check(true));
    }

    private void check(boolean broken) throws Exception {
        new ModelCheck(() -> {
                    this.runs.incrementAndGet();
                    this.clock.set(this.start);
                    TaskStore store = new InMemoryTaskStore(this.clock);
                    return new ModelRun(
                            List.of(broken ? neverPaused(store) : store, store),
                            new ResourcelessTransactionManager(),
                            true,
                            this.clock);
                })
                .check();
    }

    /** Says that it has paused a queue, and has not. */
    private static TaskStore neverPaused(TaskStore store) {
        return (TaskStore) Proxy.newProxyInstance(
                ModelCheckTests.class.getClassLoader(),
                new Class<?>[] {TaskStore.class},
                (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(store, arguments);
                        if (method.getName().equals("pause")) {
                            store.resume((String) arguments[0]);
                        }
                        return answer;
                    } catch (InvocationTargetException ex) {
                        throw ex.getCause();
                    }
                });
    }
}
