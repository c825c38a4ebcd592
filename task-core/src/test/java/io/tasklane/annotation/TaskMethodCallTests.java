package io.tasklane.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tasklane.NonRetryableTaskException;
import io.tasklane.Task;
import io.tasklane.TaskClient;
import io.tasklane.TaskContext;
import io.tasklane.TaskError;
import io.tasklane.TaskException;
import io.tasklane.TaskHandle;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.client.ProducerRig;
import io.tasklane.store.StoredTask;
import io.tasklane.test.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.Ordered;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.resilience.annotation.ConcurrencyLimit;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Calls of task methods, by the application and by a worker. */
class TaskMethodCallTests {

    private final ProducerRig rig = new ProducerRig();

    private AnnotationConfigApplicationContext context;

    @AfterEach
    void close() {
        if (this.context != null) {
            this.context.close();
        }
    }

    @Test
    void x16_r12_callEnqueuesAndTheWorkersCallRunsTheBody() throws Throwable {
        Mailer mailer = start(Mailer.class).getBean(Mailer.class);
        mailer.welcome(42, "hello");
        assertThat(mailer.log()).isEmpty();
        StoredTask task = this.rig.only();
        assertThat(task.task()).isEqualTo("Mailer.welcome");
        assertThat(task.queue()).isEqualTo("email");
        assertThat(task.state()).isEqualTo(TaskState.QUEUED);
        assertThat(this.rig.run()).isNull();
        assertThat(mailer.log()).containsExactly("welcome 42 hello");
        assertThat(this.rig.stored()).hasSize(1);
    }

    @Test
    void x17_methodWithAResultReturnsTheHandleToItsCallerAndTheValueToTheWorker() throws Throwable {
        Mailer mailer = start(Mailer.class).getBean(Mailer.class);
        TaskHandle<String> handle = mailer.render("x");
        assertThat(handle.id()).isEqualTo(this.rig.only().id());
        assertThat(handle.state()).contains(TaskState.QUEUED);
        assertThat(this.rig.run()).isEqualTo("rendered x");
    }

    @Test
    void resultIsUnwrapped() throws Throwable {
        Mailer mailer = start(Mailer.class).getBean(Mailer.class);
        mailer.render("null");
        assertThat(this.rig.run()).isNull();
        mailer.render("none");
        assertThat(this.rig.run()).isNull();
        mailer.render("other");
        assertThatExceptionOfType(NonRetryableTaskException.class)
                .isThrownBy(this.rig::run)
                .withMessageContaining("Mailer.render(String)")
                .withMessageContaining("TaskHandle.of(value)");
    }

    @Test
    void exceptionOfTheBodyArrivesUnwrapped() throws IOException {
        Mailer mailer = start(Mailer.class).getBean(Mailer.class);
        mailer.fail();
        assertThatExceptionOfType(IOException.class).isThrownBy(this.rig::run).withMessage("no luck");
    }

    @Test
    void contextIsInjectedAndNoPayload() throws Throwable {
        Mailer mailer = start(Mailer.class).getBean(Mailer.class);
        mailer.withContext("x", null);
        assertThat(this.rig.only().payload()).isEqualTo("{\"text\":\"x\"}");
        this.rig.run();
        assertThat(mailer.log()).containsExactly("x as task " + this.rig.only().id());
    }

    @Test
    void selfInvocationRunsInline() throws Throwable {
        Mailer mailer = start(Mailer.class).getBean(Mailer.class);
        mailer.twice();
        assertThat(this.rig.names()).containsExactly("Mailer.twice");
        this.rig.run();
        assertThat(mailer.log()).containsExactly("welcome 1 inline");
        assertThat(this.rig.stored()).hasSize(1);
    }

    @Test
    void methodsThatAreNoTasksAreLeftAlone() {
        AnnotationConfigApplicationContext started = start(Mailer.class, Plain.class);
        assertThat(AopUtils.isAopProxy(started.getBean(Plain.class))).isFalse();
        assertThat(started.getBean(Mailer.class).log()).isEmpty();
        assertThat(this.rig.stored()).isEmpty();
    }

    @Test
    void protectedAndPackagePrivateMethodsWork() throws Throwable {
        Mailer mailer = start(Mailer.class).getBean(Mailer.class);
        mailer.secret();
        mailer.near();
        this.rig.run();
        this.rig.run();
        assertThat(mailer.log()).containsExactly("secret", "near");
    }

    /** Wrong version (a): to compare only the class runs the second task inline. */
    @Test
    void taskThatCallsAnotherTaskOfItsClassEnqueuesIt() throws Throwable {
        Chain chain = start(Chain.class).getBean(Chain.class);
        chain.first();
        this.rig.run();
        assertThat(chain.log()).containsExactly("first");
        assertThat(this.rig.names()).containsExactly("Chain.first", "Chain.second");
    }

    @Test
    void taskThatCallsItselfThroughTheProxyEnqueuesItself() throws Throwable {
        Chain chain = start(Chain.class).getBean(Chain.class);
        chain.again(2);
        this.rig.run();
        this.rig.run();
        this.rig.run();
        assertThat(chain.log()).containsExactly("again 2", "again 1", "again 0");
        assertThat(this.rig.stored()).hasSize(3);
    }

    @Test
    void taskCalledAfterTheBodyThrewIsEnqueued() {
        Chain chain = start(Chain.class).getBean(Chain.class);
        chain.broken();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this.rig::run);
        chain.second();
        assertThat(this.rig.names()).containsExactly("Chain.broken", "Chain.second");
        assertThat(chain.log()).isEmpty();
    }

    /** Wrong version (b): to consume the marker once enqueues the second attempt and reports success. */
    @Test
    void retryOutsideRunsEveryAttempt() throws Throwable {
        Flaky flaky = start(TaskTestContext.Wiring.class, RetriesOutside.class, Flaky.class)
                .getBean(Flaky.class);
        assertThat(advice(flaky)).endsWith("TaskMethodInterceptor").hasSize(3);
        flaky.send();
        assertThat(this.rig.names()).containsExactly("Flaky.send");
        this.rig.run();
        assertThat(flaky.log()).containsExactly("fail", "fail", "ok");
        assertThat(this.rig.stored()).hasSize(1);
    }

    @Test
    void retryInsideRunsEveryAttempt() throws Throwable {
        Flaky flaky =
                start(Retries.class, TaskTestContext.Wiring.class, Flaky.class).getBean(Flaky.class);
        assertThat(advice(flaky)).first().asString().contains("TaskMethod");
        flaky.send();
        this.rig.run();
        assertThat(flaky.log()).containsExactly("fail", "fail", "ok");
        assertThat(this.rig.stored()).hasSize(1);
    }

    /** Wrong version (c): to call the target behind the proxy loses its transaction. */
    @Test
    void transactionOfTheMethodAppliesToTheRunAndNotToTheEnqueue() throws Throwable {
        Ledger ledger = start(Transactions.class, Ledger.class).getBean(Ledger.class);
        TransactionTemplate callers = new TransactionTemplate(this.context.getBean(PlatformTransactionManager.class));
        callers.executeWithoutResult(status -> {
            ledger.book();
            status.setRollbackOnly();
        });
        assertThat(this.rig.stored()).isEmpty();
        callers.executeWithoutResult(status -> ledger.book());
        assertThat(this.rig.stored()).hasSize(1);
        this.rig.run();
        assertThat(ledger.log()).containsExactly("in transaction: true");
    }

    @Test
    void n3_tasksEnqueuedByABodyRollBackWithItsTransaction() throws Throwable {
        Ledger ledger = start(Transactions.class, Ledger.class).getBean(Ledger.class);
        ledger.bookAndFail();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this.rig::run);
        assertThat(this.rig.names()).containsExactly("Ledger.bookAndFail");
    }

    @Test
    void beansBehindTheirInterfaceWork() throws Throwable {
        Greeter greeter = start(InterfaceGreeter.class).getBean(Greeter.class);
        assertThat(AopUtils.isJdkDynamicProxy(greeter)).isTrue();
        greeter.greet("x");
        assertThat(this.rig.names()).containsExactly("InterfaceGreeter.greet");
        this.rig.run();
        assertThat(greeter.log()).containsExactly("hello x");
    }

    @Test
    void prototypeLazyAndScopedBeansWork() throws Throwable {
        AnnotationConfigApplicationContext started = start(Scopes.class);
        assertThat(Counted.created).isZero();
        assertThat(this.rig.handlers().definitions())
                .extracting("name")
                .containsExactly("LazyTask.run", "PrototypeTask.run", "ScopedTask.run");
        started.getBean(LazyTask.class).run();
        started.getBean(PrototypeTask.class).run();
        started.getBean("scopedTask", ScopedTask.class).run();
        assertThat(this.rig.names()).containsExactly("LazyTask.run", "PrototypeTask.run", "ScopedTask.run");
        Counted.runs = 0;
        this.rig.run();
        this.rig.run();
        this.rig.run();
        assertThat(Counted.runs).isEqualTo(3);
        assertThat(this.rig.stored()).hasSize(3);
    }

    @Test
    void clientTakesCallsOfTaskMethods() {
        Mailer mailer = start(Mailer.class).getBean(Mailer.class);
        TaskClient client = this.rig.client();
        client.with(o -> o.queue("vip").priority(100)).enqueue(() -> mailer.welcome(42, "hello"));
        TaskHandle<String> handle = client.enqueue(() -> mailer.render("x"));
        List<TaskHandle<?>> news = client.batch(() -> List.of(1, 2, 3).forEach(id -> mailer.welcome(id, "news")));
        assertThat(news).hasSize(3);
        assertThat(this.rig.stored()).hasSize(5);
        assertThat(this.rig.stored().get(0).queue()).isEqualTo("vip");
        assertThat(this.rig.stored().get(1).id()).isEqualTo(handle.id());
        assertThat(this.rig.inserts().get(2)).hasSize(3);
    }

    @Test
    void selfInvocationInEnqueueIsNoCall() {
        Mailer mailer = start(Mailer.class).getBean(Mailer.class);
        assertThatExceptionOfType(TaskException.class)
                .isThrownBy(() -> this.rig.client().enqueue(() -> mailer.log().clear()))
                .withMessageContaining("called 0");
    }

    private AnnotationConfigApplicationContext start(Class<?>... components) {
        this.context = TaskTestContext.start(this.rig, components);
        return this.context;
    }

    private static List<Object> advice(Object bean) {
        List<Object> advice = new ArrayList<>();
        for (var advisor : ((Advised) bean).getAdvisors()) {
            advice.add(advisor.getAdvice().getClass().getSimpleName());
        }
        return advice;
    }

    abstract static class Logging {

        private final List<String> log = new ArrayList<>();

        public List<String> log() {
            return this.log;
        }
    }

    static class Mailer extends Logging {

        @Task(queue = "email", priority = 10, retries = 5)
        public void welcome(long userId, String template) {
            log().add("welcome " + userId + " " + template);
        }

        @Task
        public TaskHandle<String> render(String text) {
            return switch (text) {
                case "null" -> TaskHandle.of(null);
                case "none" -> null;
                case "other" -> new OtherHandle();
                default -> TaskHandle.of("rendered " + text);
            };
        }

        @Task
        public void fail() throws IOException {
            throw new IOException("no luck");
        }

        @Task
        public void withContext(String text, TaskContext context) {
            log().add(text + " as task " + context.id());
        }

        @Task
        public void twice() {
            welcome(1, "inline");
        }

        @Task
        protected void secret() {
            log().add("secret");
        }

        @Task
        void near() {
            log().add("near");
        }
    }

    static class Plain {

        public void plain() {}
    }

    static class Chain extends Logging {

        @Autowired
        @Lazy
        Chain self;

        @Task
        public void first() {
            log().add("first");
            this.self.second();
        }

        @Task
        public void second() {
            log().add("second");
        }

        @Task
        public void again(int times) {
            log().add("again " + times);
            if (times > 0) {
                this.self.again(times - 1);
            }
        }

        @Task
        public void broken() {
            throw new IllegalStateException();
        }
    }

    static class Flaky extends Logging {

        @Task
        @Retryable(maxRetries = 3, delay = 0)
        @ConcurrencyLimit(1)
        public void send() {
            boolean last = log().size() == 2;
            log().add(last ? "ok" : "fail");
            if (!last) {
                throw new IllegalStateException("fail");
            }
        }
    }

    static class Ledger extends Logging {

        @Autowired
        @Lazy
        Ledger self;

        @Task
        @Transactional(propagation = Propagation.REQUIRES_NEW)
        public void book() {
            log().add("in transaction: " + TransactionSynchronizationManager.isActualTransactionActive());
        }

        @Task
        @Transactional
        public void bookAndFail() {
            this.self.book();
            throw new IllegalStateException();
        }
    }

    interface Greeter {

        void greet(String name);

        List<String> log();
    }

    static class InterfaceGreeter extends Logging implements Greeter {

        @Override
        @Task
        public void greet(String name) {
            log().add("hello " + name);
        }
    }

    static class Counted {

        static int created;

        static int runs;

        Counted() {
            if (getClass().getSuperclass() == Counted.class) {
                created++;
            }
        }
    }

    static class LazyTask extends Counted {

        @Task
        public void run() {
            runs++;
        }
    }

    static class PrototypeTask extends Counted {

        @Task
        public void run() {
            runs++;
        }
    }

    static class ScopedTask extends Counted {

        @Task
        public void run() {
            runs++;
        }
    }

    static class OtherHandle implements TaskHandle<String> {

        @Override
        public TaskId id() {
            return new TaskId(1);
        }

        @Override
        public Optional<TaskState> state() {
            return Optional.empty();
        }

        @Override
        public boolean isReady() {
            return false;
        }

        @Override
        public boolean isSucceeded() {
            return false;
        }

        @Override
        public boolean isFailed() {
            return false;
        }

        @Override
        public String get(Duration timeout) {
            return "";
        }

        @Override
        public Optional<String> result() {
            return Optional.empty();
        }

        @Override
        public Optional<TaskError> error() {
            return Optional.empty();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableResilientMethods
    static class Retries {}

    @Configuration(proxyBeanMethods = false)
    @EnableResilientMethods(order = Ordered.LOWEST_PRECEDENCE)
    static class RetriesOutside {}

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    static class Transactions {

        @Bean(destroyMethod = "close")
        TestDatabase database() {
            return TestDatabase.h2();
        }

        @Bean
        PlatformTransactionManager transactionManager(TestDatabase database) {
            return new DataSourceTransactionManager((DataSource) database.dataSource());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Scopes {

        @Bean
        @Lazy
        LazyTask lazyTask() {
            return new LazyTask();
        }

        @Bean
        @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
        PrototypeTask prototypeTask() {
            return new PrototypeTask();
        }

        @Bean
        @Scope(scopeName = ConfigurableBeanFactory.SCOPE_PROTOTYPE, proxyMode = ScopedProxyMode.TARGET_CLASS)
        ScopedTask scopedTask() {
            return new ScopedTask();
        }
    }
}
