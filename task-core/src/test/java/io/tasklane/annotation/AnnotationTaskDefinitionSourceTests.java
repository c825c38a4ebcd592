package io.tasklane.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tasklane.Backoff;
import io.tasklane.Completion;
import io.tasklane.KeyOrder;
import io.tasklane.NonRetryableTaskException;
import io.tasklane.RateLimit;
import io.tasklane.Task;
import io.tasklane.TaskContext;
import io.tasklane.TaskHandle;
import io.tasklane.handler.TaskBackoff;
import io.tasklane.handler.TaskDefinition;
import io.tasklane.handler.TaskKeying;
import io.tasklane.handler.TaskParameter;
import io.tasklane.handler.TaskRouting;
import io.tasklane.handler.TaskTransaction;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Year;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.annotation.AliasFor;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.PropertyPlaceholderHelper;

class AnnotationTaskDefinitionSourceTests {

    private final Map<String, String> properties =
            Map.of("mail.queue", "vip", "mail.delay", "5m", "mail.name", "mails");

    private final AnnotationTaskDefinitionSource source = new AnnotationTaskDefinitionSource(
            text -> new PropertyPlaceholderHelper("${", "}", ":", null, false)
                    .replacePlaceholders(text, this.properties::get),
            TaskRouting.NONE);

    @Test
    void attributesLeftOutAreNotSet() {
        TaskDefinition definition = define(Plain.class, "nothing");
        assertThat(definition.name()).isEqualTo("Plain.nothing");
        assertThat(definition.queue()).isEqualTo("default");
        assertThat(definition.priority()).isNull();
        assertThat(definition.retries()).isNull();
        assertThat(definition.backoff()).isEqualTo(TaskBackoff.UNSET);
        assertThat(definition.delay()).isNull();
        assertThat(definition.timeout()).isNull();
        assertThat(definition.rateLimit()).isNull();
        assertThat(definition.completion()).isEqualTo(Completion.AFTER_RUN);
        assertThat(definition.aliases()).isEmpty();
        assertThat(definition.version()).isOne();
        assertThat(definition.parameters()).isEmpty();
        assertThat(definition.resultType()).isNull();
        assertThat(definition.failures().isRetryable(new IOException())).isTrue();
        assertThat(definition.source()).isEqualTo(Plain.class.getName() + ".nothing()");
    }

    @Test
    void x3_attributesAreRead() {
        TaskDefinition definition = define(Plain.class, "everything");
        assertThat(definition.name()).isEqualTo("reports.monthly");
        assertThat(definition.aliases()).containsExactly("Reports.month", "Reports.all");
        assertThat(definition.queue()).isEqualTo("email");
        assertThat(definition.priority()).isZero();
        assertThat(definition.retries()).isZero();
        assertThat(definition.delay()).isEqualTo(Duration.ofSeconds(90));
        assertThat(definition.timeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(definition.rateLimit()).isEqualTo(RateLimit.parse("100/m"));
        assertThat(definition.backoff()).isEqualTo(new TaskBackoff(Duration.ZERO, 1.5, Duration.ofHours(1), 0.0));
        assertThat(definition.failures().isRetryable(new IOException())).isTrue();
        assertThat(definition.failures().isRetryable(new FileNotFoundException()))
                .isFalse();
        assertThat(definition.failures().isRetryable(new IllegalStateException()))
                .isFalse();
        assertThat(definition.failures().isRetryable(new NonRetryableTaskException("x")))
                .isFalse();
    }

    @Test
    void placeholdersAreResolved() {
        TaskDefinition definition = define(Plain.class, "placeholders");
        assertThat(definition.name()).isEqualTo("mails.send");
        assertThat(definition.queue()).isEqualTo("vip");
        assertThat(definition.delay()).isEqualTo(Duration.ofMinutes(5));
        assertThat(definition.timeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(definition.backoff().initial()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void classGivesDefaultsOfItsMethods() {
        TaskDefinition inherited = define(Shared.class, "inherits");
        assertThat(inherited.queue()).isEqualTo("email");
        assertThat(inherited.priority()).isEqualTo(5);
        assertThat(inherited.retries()).isEqualTo(1);
        assertThat(inherited.version()).isEqualTo(2);
        assertThat(inherited.delay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(inherited.timeout()).isEqualTo(Duration.ofHours(1));
        assertThat(inherited.rateLimit()).isEqualTo(RateLimit.parse("5/s"));
        assertThat(inherited.backoff())
                .isEqualTo(new TaskBackoff(Duration.ofSeconds(2), 3.0, Duration.ofSeconds(4), 0.5));
        assertThat(inherited.failures().isRetryable(new IllegalStateException()))
                .isFalse();
        TaskDefinition own = define(Shared.class, "overrides");
        assertThat(own.queue()).isEqualTo("vip");
        assertThat(own.priority()).isZero();
        assertThat(own.retries()).isZero();
        assertThat(own.version()).isEqualTo(3);
        assertThat(own.delay()).isZero();
        assertThat(own.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(own.backoff()).isEqualTo(new TaskBackoff(Duration.ofSeconds(9), 3.0, Duration.ofSeconds(4), 0.0));
        assertThat(own.failures().isRetryable(new IllegalStateException())).isTrue();
        assertThat(own.failures().isRetryable(new IOException())).isFalse();
    }

    @Test
    void decision15_completionIsReadFromTheMethodThenTheClass() {
        TaskDefinition inherited = define(Once.class, "inherits");
        assertThat(inherited.completion()).isEqualTo(Completion.BEFORE_RUN);
        assertThat(inherited.startsOnce()).isTrue();
        assertThat(inherited.retries()).as("the default does not apply").isZero();
        TaskDefinition own = define(Once.class, "overrides");
        assertThat(own.completion()).isEqualTo(Completion.AFTER_RUN);
        assertThat(own.startsOnce()).isFalse();
        assertThat(own.retries()).isEqualTo(2);
    }

    @Test
    void decision15_retriesOfATaskThatStartsOnceAreRefused() {
        for (String name : List.of("retries", "retriesOfTheClass")) {
            Class<?> type = name.equals("retries") ? Once.class : Shared.class;
            assertThatExceptionOfType(InvalidTaskMethodsException.class)
                    .isThrownBy(() -> define(type, name))
                    .withMessageContaining("the body starts at most once, but retries is 1")
                    .withMessageContaining("Set retries = 0");
        }
        assertThat(define(Once.class, "zero").retries()).isZero();
    }

    @Test
    void decision14_theTransactionTakesOverWhatTheMethodAsksFor() {
        TaskDefinition plain = define(Transacted.class, "plain");
        assertThat(plain.completion()).isEqualTo(Completion.IN_TRANSACTION);
        assertThat(plain.transaction()).isEqualTo(TaskTransaction.DEFAULT);
        assertThat(define(Transacted.class, "joins").transaction())
                .isEqualTo(new TaskTransaction(TransactionDefinition.ISOLATION_SERIALIZABLE, 7, "orders"));
        assertThat(define(TransactedByClass.class, "task").transaction()).isEqualTo(new TaskTransaction(-1, 5, ""));
        assertThat(define(Transacted.class, "nested").transaction()).isEqualTo(new TaskTransaction(-1, -1, ""));
        TaskDefinition afterRun = define(Transacted.class, "afterRun");
        assertThat(afterRun.completion()).isEqualTo(Completion.AFTER_RUN);
        assertThat(afterRun.transaction()).isNull();
    }

    @Test
    void decision14_aTransactionThatWouldNotJoinIsRefused() {
        for (String name : List.of("requiresNew", "notSupported", "never")) {
            assertThatExceptionOfType(InvalidTaskMethodsException.class)
                    .as(name)
                    .isThrownBy(() -> define(Separate.class, name))
                    .withMessageContaining("completion = IN_TRANSACTION")
                    .withMessageContaining("Remove @Transactional");
        }
        assertThatExceptionOfType(InvalidTaskMethodsException.class)
                .isThrownBy(() -> define(Separate.class, "reads"))
                .withMessageContaining("readOnly")
                .withMessageContaining("Remove readOnly");
        assertThatExceptionOfType(InvalidTaskMethodsException.class)
                .isThrownBy(() -> define(SeparateByClass.class, "task"))
                .withMessageContaining("REQUIRES_NEW");
    }

    @Test
    void n4_keysAreReadFromTheArguments() {
        TaskKeying plain = define(Keyed.class, "step").keying();
        assertThat(plain.limit()).isOne();
        assertThat(plain.skipsWaiting()).isFalse();
        assertThat(plain.group()).isNull();
        assertThat(plain.expression()).isNotNull().hasToString("#orderId");
        assertThat(plain.expression().evaluate(Map.of("orderId", 42L))).isEqualTo(42L);
        TaskKeying all = define(Keyed.class, "everything").keying();
        assertThat(all.limit()).isEqualTo(3);
        assertThat(all.skipsWaiting()).isTrue();
        assertThat(all.group()).isEqualTo("mails");
        Map<String, Object> arguments = Map.of("line", new Line("a", List.of(7)), "year", Year.of(2026));
        assertThat(all.expression().evaluate(arguments)).isEqualTo("a/7/2026");
        TaskKeying fair = define(Keyed.class, "fair").keying();
        assertThat(fair.fair()).isTrue();
        assertThat(fair.expression()).isNotNull().hasToString("#tenant");
        assertThat(define(Plain.class, "nothing").keying()).isEqualTo(TaskKeying.DEFAULT);
    }

    @Test
    void n4_aKeyThatCanNeverBeIsRefused() {
        refused("noExpression", "is no expression", "Write a SpEL expression");
        refused("noParameter", "names #order, #user, which is no parameter", "Use #orderId");
        refused("injected", "names #context", "Use #orderId");
        refused("types", "uses T(System)", "properties and their methods");
        refused("limit", "maxPerKey is 0", "Use 1 or more");
        refused("fairAndSerial", "a concurrencyKey and a fairKey", "Leave one of them out");
        refused("unfair", "fairKey '#tenant' names #tenant", "Use #orderId");
    }

    private void refused(String method, String problem, String action) {
        assertThatExceptionOfType(InvalidTaskMethodsException.class)
                .isThrownBy(() -> define(WronglyKeyed.class, method))
                .withMessageContaining(problem)
                .withMessageContaining(action);
    }

    @Test
    void metaAnnotationWorksOnMethodsAndClasses() {
        TaskDefinition composed = define(Composed.class, "mail");
        assertThat(composed.queue()).isEqualTo("email");
        assertThat(composed.retries()).isEqualTo(7);
        assertThat(define(ComposedClass.class, "mail").queue()).isEqualTo("email");
    }

    @Test
    void subclassNamesItsTasksAndResolvesTypeVariables() {
        TaskDefinition definition = define(OrderTasks.class, "handle");
        assertThat(definition.name()).isEqualTo("OrderTasks.handle");
        assertThat(definition.parameters()).extracting(TaskParameter::name).containsExactly("items", "one");
        assertThat(definition.parameters().get(0).type().getTypeName())
                .isEqualTo("java.util.List<%s>".formatted(Order.class.getName()));
        assertThat(definition.parameters().get(1).type()).isEqualTo(Order.class);
        assertThat(definition.resultType()).isEqualTo(Order.class);
    }

    @Test
    void genericMethodThatIsImplementedIsOneTask() {
        assertThat(TaskMethods.select(StringConsumer.class)).hasSize(1);
        TaskDefinition definition = define(StringConsumer.class, "accept");
        assertThat(definition.parameters()).containsExactly(new TaskParameter("value", String.class, false));
    }

    @Test
    void contextIsInjected() {
        assertThat(define(Plain.class, "withContext").parameters())
                .containsExactly(
                        new TaskParameter("text", String.class, false),
                        new TaskParameter("context", TaskContext.class, true));
    }

    @Test
    void definitionIsTheSameForBothHalves() throws Exception {
        Method declared = Base.class.getDeclaredMethod("handle", List.class, Object.class);
        assertThat(this.source.definition(declared, OrderTasks.class)).isSameAs(define(OrderTasks.class, "handle"));
    }

    @Test
    void invalidMethodIsRefusedAtACallToo() {
        assertThatExceptionOfType(InvalidTaskMethodsException.class)
                .isThrownBy(() -> define(Plain.class, "wrong"))
                .withMessageContaining("Return void");
    }

    private TaskDefinition define(Class<?> type, String name) {
        Method method = Arrays.stream(type.getMethods())
                .filter(candidate -> candidate.getName().equals(name) && !candidate.isBridge())
                .findFirst()
                .orElseThrow();
        return this.source.definition(method, type);
    }

    public static class Plain {

        @Task
        public void nothing() {}

        @Task(
                name = "reports.monthly",
                aliases = {"Reports.month", "Reports.all"},
                queue = "email",
                priority = 0,
                retries = 0,
                delay = "PT1M30S",
                timeout = "10m",
                rateLimit = "100/m",
                backoff = @Backoff(initial = "0s", multiplier = 1.5, max = "1h", jitter = 0),
                retryFor = IOException.class,
                noRetryFor = FileNotFoundException.class)
        public TaskHandle<String> everything() {
            return TaskHandle.of("x");
        }

        @Task(
                name = "${mail.name}.send",
                queue = "${mail.queue}",
                delay = "${mail.delay}",
                timeout = "${mail.delay}",
                backoff = @Backoff(initial = "${mail.backoff:7s}"))
        public void placeholders() {}

        @Task
        public void withContext(String text, TaskContext context) {}

        @Task
        public int wrong() {
            return 1;
        }
    }

    @Task(
            queue = "email",
            priority = 5,
            retries = 1,
            version = 2,
            delay = "1s",
            timeout = "1h",
            rateLimit = "5/s",
            backoff = @Backoff(initial = "2s", multiplier = 3, max = "4s", jitter = 0.5),
            noRetryFor = IllegalStateException.class)
    public static class Shared {

        @Task
        public void inherits() {}

        @Task(
                queue = "vip",
                priority = 0,
                retries = 0,
                delay = "0s",
                timeout = "3s",
                backoff = @Backoff(initial = "9s", jitter = 0),
                noRetryFor = IOException.class,
                version = 3)
        public void overrides() {}

        @Task(completion = Completion.BEFORE_RUN)
        public void retriesOfTheClass() {}
    }

    @Task(completion = Completion.BEFORE_RUN)
    public static class Once {

        @Task
        public void inherits() {}

        @Task(completion = Completion.AFTER_RUN, retries = 2)
        public void overrides() {}

        @Task(retries = 1)
        public void retries() {}

        @Task(retries = 0)
        public void zero() {}
    }

    @Task(completion = Completion.IN_TRANSACTION)
    public static class Transacted {

        @Task
        public void plain() {}

        @Task
        @Transactional(
                transactionManager = "orders",
                isolation = Isolation.SERIALIZABLE,
                timeoutString = "${seconds:7}")
        public void joins() {}

        @Task
        @Transactional(propagation = Propagation.NESTED)
        public void nested() {}

        @Task(completion = Completion.AFTER_RUN)
        @Transactional(propagation = Propagation.REQUIRES_NEW)
        public void afterRun() {}
    }

    @Transactional(timeout = 5)
    public static class TransactedByClass {

        @Task(completion = Completion.IN_TRANSACTION)
        public void task() {}
    }

    @Task(completion = Completion.IN_TRANSACTION)
    public static class Separate {

        @Task
        @Transactional(propagation = Propagation.REQUIRES_NEW)
        public void requiresNew() {}

        @Task
        @Transactional(propagation = Propagation.NOT_SUPPORTED)
        public void notSupported() {}

        @Task
        @Transactional(propagation = Propagation.NEVER)
        public void never() {}

        @Task
        @Transactional(readOnly = true)
        public void reads() {}
    }

    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public static class SeparateByClass {

        @Task(completion = Completion.IN_TRANSACTION)
        public void task() {}
    }

    @Task(queue = "email")
    @Target({ElementType.METHOD, ElementType.TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @interface Emailing {

        @AliasFor(annotation = Task.class)
        int retries() default Task.UNSET;
    }

    public static class Composed {

        @Emailing(retries = 7)
        public void mail() {}
    }

    @Emailing
    public static class ComposedClass {

        @Task
        public void mail() {}
    }

    record Order(long id) {}

    public abstract static class Base<T> {

        @Task
        public TaskHandle<T> handle(List<T> items, T one) {
            return TaskHandle.of(one);
        }
    }

    public static class OrderTasks extends Base<Order> {}

    interface Consumer<T> {

        void accept(T value);
    }

    public static class StringConsumer implements Consumer<String> {

        @Override
        @Task
        public void accept(String value) {}
    }

    record Line(String name, List<Integer> numbers) {}

    static class Keyed {

        @Task(fairKey = "#tenant")
        public void fair(String tenant) {}

        @Task(concurrencyKey = "#orderId")
        public void step(long orderId) {}

        @Task(
                concurrencyKey = "#line.name() + '/' + #line.numbers()[0] + '/' + #year",
                maxPerKey = 3,
                keyOrder = KeyOrder.SKIP_WAITING,
                concurrencyGroup = "${name:mails}")
        public void everything(Line line, Year year) {}
    }

    static class WronglyKeyed {

        @Task(concurrencyKey = "#orderId +")
        public void noExpression(long orderId) {}

        @Task(concurrencyKey = "#order.id + #orderId + #user")
        public void noParameter(long orderId) {}

        @Task(concurrencyKey = "#context.id")
        public void injected(long orderId, TaskContext context) {}

        @Task(concurrencyKey = "T(System).exit(1)")
        public void types(long orderId) {}

        @Task(concurrencyKey = "#orderId", fairKey = "#orderId")
        public void fairAndSerial(long orderId) {}

        @Task(fairKey = "#tenant")
        public void unfair(long orderId) {}

        @Task(concurrencyKey = "#orderId", maxPerKey = 0)
        public void limit(long orderId) {}
    }
}
