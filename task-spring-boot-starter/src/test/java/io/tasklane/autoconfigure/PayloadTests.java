package io.tasklane.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tasklane.Task;
import io.tasklane.TaskClient;
import io.tasklane.TaskException;
import io.tasklane.TaskHandle;
import io.tasklane.TaskId;
import io.tasklane.TaskPayloadException;
import io.tasklane.TaskQueues;
import io.tasklane.TaskRequest;
import io.tasklane.annotation.InvalidTaskMethodsException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Arguments and results in a whole application. */
class PayloadTests {

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    AopAutoConfiguration.class,
                    JacksonAutoConfiguration.class,
                    TasklaneAnnotationAutoConfiguration.class,
                    TasklaneAutoConfiguration.class,
                    TasklaneJacksonAutoConfiguration.class,
                    TasklaneMemoryAutoConfiguration.class,
                    TasklaneWorkerAutoConfiguration.class))
            .withPropertyValues("tasklane.store=memory");

    @Test
    void d4_modulesOfTheApplicationApplyWhetherTheyAreBeansOrFoundOnTheClassPath() {
        this.context
                .withUserConfiguration(ModuleBean.class)
                .withBean(Exchange.class)
                .run(context -> assertThat(context.getBean(Exchange.class)
                                .swap(new Euro(3), new Dollar(4))
                                .get(Duration.ofSeconds(10)))
                        .isEqualTo(List.of(new Dollar(4), new Euro(3)).toString()));
    }

    @Test
    void d4_namingOfTheApplicationDoesNotApply() {
        this.context
                .withBean(Greeter.class)
                .withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE")
                .run(context -> assertThat(context.getBean(Greeter.class)
                                .greet(new FullName("Ada"))
                                .get(Duration.ofSeconds(10)))
                        .isEqualTo("Ada"));
    }

    @Test
    void idsOfTasksAreStringsInTheApplicationsOwnJsonToo() {
        this.context.run(context -> {
            JsonMapper mapper = context.getBean(JsonMapper.class);
            assertThat(mapper.writeValueAsString(Map.of("id", new TaskId(4711))))
                    .isEqualTo("{\"id\":\"4711\"}");
            assertThat(mapper.readValue("\"4711\"", TaskId.class)).isEqualTo(new TaskId(4711));
        });
    }

    @Test
    void aPriorityThatIsNoIntIsRefusedInJson() {
        this.context.run(context -> {
            JsonMapper mapper = context.getBean(JsonMapper.class);
            String json = "{\"task\": \"Mailer.send\", \"arguments\": {\"to\": \"ada\"}, \"priority\": %s}";
            assertThat(mapper.readValue(json.formatted(2147483647), TaskRequest.class))
                    .isEqualTo(TaskRequest.named("Mailer.send")
                            .argument("to", "ada")
                            .priority(2147483647));
            for (String priority : List.of("2147483648", "-2147483649", "-2147483648")) {
                assertThatExceptionOfType(RuntimeException.class)
                        .as(priority)
                        .isThrownBy(() -> mapper.readValue(json.formatted(priority), TaskRequest.class))
                        .withMessageContaining(priority);
            }
        });
    }

    @Test
    void d4_aPayloadOverTheLimitLeavesNoRow() {
        this.context
                .withBean(Greeter.class)
                .withPropertyValues("tasklane.payload.max-size=1KB", "tasklane.worker.enabled=false")
                .run(context -> {
                    assertThatExceptionOfType(TaskPayloadException.class)
                            .isThrownBy(() -> context.getBean(Greeter.class).greet(new FullName("x".repeat(1024))))
                            .withMessageContaining("Argument 'name' of task 'Greeter.greet'")
                            .withMessageContaining("1024 bytes");
                    assertThat(context.getBean(TaskQueues.class).depths()).containsEntry("default", 0L);
                });
    }

    @Test
    void typesThatCanNeverBeReadFailTheStartInOneReport() {
        this.context
                .withBean("drawer", Drawer.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOfSatisfying(
                                InvalidTaskMethodsException.class,
                                failure -> assertThat(failure.problems())
                                        .satisfiesExactlyInAnyOrder(
                                                problem -> assertThat(problem.toString())
                                                        .contains(
                                                                "drawer",
                                                                "draw(Figure)",
                                                                "parameter 'figure'",
                                                                "abstract"),
                                                problem -> assertThat(problem.toString())
                                                        .contains("drawer", "largest()", "its result", "abstract"))));
    }

    @Test
    void withoutJacksonTheStartSaysWhatIsMissing() {
        this.context
                .withClassLoader(new FilteredClassLoader(JsonMapper.class))
                .withBean(Greeter.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(TaskException.class)
                        .hasMessageContaining("Greeter.greet")
                        .hasMessageContaining("spring-boot-starter-jackson"));
        this.context
                .withClassLoader(new FilteredClassLoader(JsonMapper.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(TaskClient.class));
    }

    public static class Greeter {

        @Task
        public TaskHandle<String> greet(FullName name) {
            return TaskHandle.of(name.givenName());
        }
    }

    public record FullName(String givenName) {}

    static class Drawer {

        @Task
        public void draw(Figure figure) {}

        @Task
        public TaskHandle<Figure> largest() {
            return TaskHandle.of(null);
        }
    }

    interface Figure {}

    static class Exchange {

        @Task
        public TaskHandle<String> swap(Euro euro, Dollar dollar) {
            return TaskHandle.of(List.of(dollar, euro).toString());
        }
    }

    /** Cannot be read without its module. */
    static class Money {

        private final int amount;

        Money(int amount) {
            this.amount = amount;
        }

        @Override
        public String toString() {
            return "%s %d".formatted(getClass().getSimpleName(), this.amount);
        }
    }

    static final class Euro extends Money {

        Euro(int amount) {
            super(amount);
        }
    }

    static final class Dollar extends Money {

        Dollar(int amount) {
            super(amount);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ModuleBean {

        @Bean
        JacksonModule euros() {
            return new SimpleModule("euros")
                    .addSerializer(Euro.class, new AmountSerializer())
                    .addDeserializer(Euro.class, new AmountDeserializer<>(Euro.class) {
                        @Override
                        Euro of(int amount) {
                            return new Euro(amount);
                        }
                    });
        }
    }

    /** Listed in {@code META-INF/services}. */
    public static class FoundModule extends SimpleModule {

        public FoundModule() {
            super("dollars");
            addSerializer(Dollar.class, new AmountSerializer());
            addDeserializer(Dollar.class, new AmountDeserializer<>(Dollar.class) {
                @Override
                Dollar of(int amount) {
                    return new Dollar(amount);
                }
            });
        }
    }

    private static final class AmountSerializer extends ValueSerializer<Money> {

        @Override
        public void serialize(Money value, JsonGenerator generator, SerializationContext context) {
            generator.writeString(Integer.toString(value.amount));
        }
    }

    private abstract static class AmountDeserializer<T> extends FromStringDeserializer<T> {

        AmountDeserializer(Class<T> type) {
            super(type);
        }

        abstract T of(int amount);

        @Override
        protected T _deserialize(String text, DeserializationContext context) {
            return of(Integer.parseInt(text));
        }
    }
}
