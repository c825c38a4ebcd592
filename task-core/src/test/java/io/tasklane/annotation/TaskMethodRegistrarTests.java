package io.tasklane.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tasklane.Backoff;
import io.tasklane.Task;
import io.tasklane.TaskHandle;
import io.tasklane.client.ProducerRig;
import jakarta.annotation.security.RolesAllowed;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** What start-up accepts, and what it refuses. */
@ExtendWith(OutputCaptureExtension.class)
class TaskMethodRegistrarTests {

    private final ProducerRig rig = new ProducerRig();

    @Test
    void tasksAreRegistered() {
        start(Good.class).close();
        assertThat(this.rig.handlers().definitions()).extracting("name").containsExactly("Good.one", "Good.two");
        assertThat(this.rig.handlers().find("Good.former")).isPresent();
    }

    @Test
    void allProblemsAreInOneReportEachWithWhatToDo() {
        InvalidTaskMethodsException refused = refused(PrivateTask.class, ReturningTask.class, FinalClassTask.class);
        assertThat(refused.problems()).hasSize(3);
        assertThat(refused.problems()).allSatisfy(problem -> {
            assertThat(problem.bean()).isNotBlank();
            assertThat(problem.type()).startsWith(getClass().getName());
            assertThat(problem.method()).isEqualTo("run()");
            assertThat(problem.problem()).isNotBlank();
            assertThat(problem.action()).isNotBlank();
        });
        assertThat(refused.getMessage())
                .contains("Task methods that cannot work (3):")
                .contains("\n  - Bean 'taskMethodRegistrarTests.PrivateTask', ")
                .contains("Make it public");
        assertThat(this.rig.handlers().definitions()).isEmpty();
    }

    @Test
    void privateStaticAndFinalAreRefused() {
        assertProblem(PrivateTask.class, "the method is private", "Make it public");
        assertProblem(StaticTask.class, "the method is static", "Make it an instance method");
        assertProblem(FinalTask.class, "the method is final", "Remove 'final'");
        assertProblem(FinalClassTask.class, "the class is final", "Remove 'final' from the class");
        assertProblem(RecordTask.class, "the class is final", "Make it a class instead of a record");
    }

    @Test
    void otherReturnTypesAreRefused() {
        assertProblem(ReturningTask.class, "it returns int", "TaskHandle<Integer>");
        assertProblem(FutureTask.class, "it returns CompletableFuture", "Return void");
        assertProblem(RawHandleTask.class, "does not say of what", "TaskHandle<String>");
        assertProblem(WildcardHandleTask.class, "does not say of what", "TaskHandle<String>");
        assertProblem(StreamHandleTask.class, "InputStream cannot be stored", "Return data");
    }

    @Test
    void asyncIsRefusedOnMethodAndClass() {
        assertProblem(AsyncTask.class, "@Async", "Remove @Async");
        assertProblem(AsyncClassTask.class, "@Async", "Remove @Async");
    }

    @Test
    void eventListenerWithAHandleIsRefused() {
        assertProblem(ListenerTask.class, "published as an event", "Return void");
        assertProblem(TransactionalListenerTask.class, "published as an event", "Return void");
    }

    @Test
    void methodSecurityIsRefusedOnMethodAndClass() {
        assertProblem(SecuredTask.class, "@RolesAllowed", "Secure the method that calls");
        assertProblem(SecuredClassTask.class, "@RolesAllowed", "Secure the method that calls");
    }

    @Test
    void parametersThatAreNoDataAreRefused() {
        assertProblem(StreamTask.class, "parameter 'in': InputStream cannot be stored", "Pass data");
        assertProblem(NestedStreamTask.class, "parameter 'all': InputStream cannot be stored", "Pass data");
        assertProblem(ReactiveTask.class, "parameter 'values': Publisher is reactive", "Pass data");
        assertProblem(CodeTask.class, "parameter 'code': Supplier is code", "Pass data");
        assertProblem(ThreadTask.class, "parameter 'thread': Thread cannot be stored", "Pass data");
        assertProblem(ClassTask.class, "parameter 'type': Class cannot be stored", "Pass data");
        assertProblem(EventTask.class, "parameter 'event': OldEvent cannot be stored", "Pass data");
        assertProblem(VariableTask.class, "parameter 'value': its type has a variable without a value", "Pass data");
        assertProblem(
                MethodVariableTask.class, "parameter 'values': its type has a variable without a value", "Pass data");
    }

    @Test
    void p7_oneNameForTwoMethodsIsRefusedListingBoth() {
        InvalidTaskMethodsException refused = refused(OverloadTask.class);
        assertThat(refused.problems()).hasSize(1);
        assertThat(refused.getMessage())
                .contains("OverloadTask.run(String)")
                .contains("OverloadTask.run(int)")
                .contains("Give one of them another @Task(name = ...)");
        InvalidTaskMethodsException alias = refused(Good.class, AliasTask.class);
        assertThat(alias.getMessage())
                .contains("'Good.one' is also used by")
                .contains("AliasTask.run()")
                .contains("Good.one()");
    }

    @Test
    void p7_explicitNameSurvivesARenamedClass() {
        start(Renamed.class).close();
        assertThat(this.rig.handlers().find("OldClass.run")).isPresent();
        assertThat(this.rig.handlers().find("stable")).isPresent();
    }

    @Test
    void severalBeansWithOneTaskMethodAreRefusedAndSubclassesAccepted() {
        InvalidTaskMethodsException refused = refused(TwoBeans.class);
        assertThat(refused.problems()).hasSize(2);
        assertThat(refused.getMessage()).contains("subclass of its own").contains("bean 'first'");
        start(Subclasses.class).close();
        assertThat(this.rig.handlers().definitions())
                .extracting("name")
                .containsExactly("FirstGood.one", "FirstGood.two", "SecondGood.one", "SecondGood.two");
    }

    @Test
    void nameOrAliasesOnAClassAreRefused() {
        assertProblem(NamedClass.class, "on the class sets name or aliases", "annotation of the method");
        assertProblem(AliasedClass.class, "on the class sets name or aliases", "annotation of the method");
    }

    @Test
    void badAttributesAreRefused() {
        assertProblem(BlankName.class, "is no name that a task can have", "Use 1 to 255 characters");
        assertProblem(LongName.class, "is no name that a task can have", "Use 1 to 255 characters");
        assertProblem(BlankAlias.class, "aliases '' is no name that a task can have", "Use 1 to 255 characters");
        assertProblem(BadQueue.class, "the queue 'e mail'", "Use 1 to 100 letters");
        assertProblem(NegativeRetries.class, "retries is negative: -1", "Use 0");
        assertProblem(NoVersion.class, "version is 0", "Count from 1");
        assertProblem(BadDelay.class, "delay is no duration that can be waited: 'soon'", "10s");
        assertProblem(NegativeDelay.class, "delay is no duration that can be waited: '-5s'", "10s");
        assertProblem(BadTimeout.class, "timeout is no duration that can be waited: 'never'", "10s");
        assertProblem(NoTimeout.class, "timeout is zero", "Leave it out");
        assertProblem(BadRateLimit.class, "rateLimit is '10 a day', which is no rate limit", "100/m");
        assertProblem(HugeDelay.class, "delay is no duration", "10s");
        assertProblem(BadInitial.class, "backoff.initial is no duration", "10s");
        assertProblem(BadMax.class, "backoff.max is no duration", "10s");
        assertProblem(BadMultiplier.class, "backoff.multiplier is 0.5", "Use 1 or more");
        assertProblem(BadJitter.class, "backoff.jitter is 1.1", "Use 0 to 1");
        assertProblem(NoPlaceholder.class, "queue '${nobody.knows}' cannot be resolved", "Set the property");
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "vip"})
    void placeholdersOfTheEnvironmentAreResolved(String queue) {
        TaskTestContext.start(this.rig, Map.of("nobody.knows", queue), NoPlaceholder.class)
                .close();
        assertThat(this.rig.handlers().definitions()).extracting("queue").containsExactly(queue);
    }

    @Test
    void d1_x20_furtherCheckAddsToTheOneReport() {
        TaskDefinitionCheck check = (definitions, report) -> definitions.forEach(definition ->
                report.problem(definition, "there is no queue '%s'".formatted(definition.queue()), "Declare it"));
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.registerBean(ProducerRig.class, () -> this.rig);
        context.registerBean(TaskDefinitionCheck.class, () -> check);
        context.register(TaskTestContext.Wiring.class, Good.class, PrivateTask.class);
        InvalidTaskMethodsException refused = catchThrowableOfType(InvalidTaskMethodsException.class, context::refresh);
        assertThat(refused.problems()).hasSize(3);
        assertThat(refused.getMessage())
                .contains("Bean 'taskMethodRegistrarTests.Good', " + Good.class.getName()
                        + ".one(): there is no queue 'default'. Declare it.")
                .contains("the method is private");
        context.close();
    }

    @Test
    void beanThatIsNotProxiedIsRefused() {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.registerBean(ProducerRig.class, () -> this.rig);
        context.register(TaskTestContext.Wiring.class);
        context.getBeanFactory().registerSingleton("byHand", new Good());
        InvalidTaskMethodsException refused = catchThrowableOfType(InvalidTaskMethodsException.class, context::refresh);
        assertThat(refused.getMessage()).contains("Bean 'byHand'").contains("the bean is not proxied");
        context.close();
    }

    @Test
    void methodThatAnInterfaceProxyHidesIsRefused() {
        assertProblem(HiddenTask.class, "only the methods of its interfaces", "spring.aop.proxy-target-class");
    }

    @Test
    void mocksAreSkippedAndSpiesAreNot() {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.registerBean(ProducerRig.class, () -> this.rig);
        context.register(TaskTestContext.Wiring.class);
        context.getBeanFactory().registerSingleton("mock", Mockito.mock(Good.class));
        context.refresh();
        assertThat(this.rig.handlers().definitions()).isEmpty();
        context.close();
        assertThat(MockitoMocks.isMock(Mockito.spy(new Good()))).isFalse();
        assertThat(MockitoMocks.isMock(new Good())).isFalse();
    }

    @Test
    void productOfAFactoryBeanIsFoundAndNotCreated() {
        start(GoodFactory.class).close();
        assertThat(this.rig.handlers().definitions()).extracting("name").containsExactly("Good.one", "Good.two");
        assertThat(GoodFactory.products).isZero();
    }

    @Test
    void scheduledTaskIsWarnedAbout(CapturedOutput output) {
        start(ScheduledTask.class).close();
        assertThat(output).contains("@Scheduled on a task method").contains("ScheduledTask.run()");
    }

    @Test
    void listenerAfterCommitIsWarnedAboutAndBeforeCommitIsNot(CapturedOutput output) {
        start(AfterCommit.class, BeforeCommit.class, PlainListener.class).close();
        assertThat(output)
                .contains("bean 'taskMethodRegistrarTests.AfterCommit'")
                .contains("phase AFTER_COMMIT")
                .contains("a crash between the two commits loses the task")
                .doesNotContain("BeforeCommit.on")
                .doesNotContain("PlainListener.on");
    }

    private AnnotationConfigApplicationContext start(Class<?>... components) {
        return TaskTestContext.start(this.rig, components);
    }

    private InvalidTaskMethodsException refused(Class<?>... components) {
        InvalidTaskMethodsException refused = catchThrowableOfType(
                InvalidTaskMethodsException.class,
                () -> TaskTestContext.start(new ProducerRig(), components).close());
        assertThat(refused).as("start-up with %s", List.of(components)).isNotNull();
        return refused;
    }

    private void assertProblem(Class<?> component, String problem, String action) {
        InvalidTaskMethodsException refused = refused(component);
        assertThat(refused.problems()).as(refused.getMessage()).hasSize(1);
        assertThat(refused.problems().get(0).problem()).contains(problem);
        assertThat(refused.problems().get(0).action()).contains(action);
    }

    static class Good {

        @Task
        public void one() {}

        @Task(aliases = "Good.former")
        public TaskHandle<String> two() {
            return TaskHandle.of("x");
        }
    }

    static class FirstGood extends Good {

        @Override
        @Task
        public TaskHandle<String> two() {
            return super.two();
        }
    }

    static class SecondGood extends Good {

        @Override
        @Task
        public TaskHandle<String> two() {
            return super.two();
        }
    }

    static class PrivateTask {

        @Task
        private void run() {}
    }

    static class StaticTask {

        @Task
        public static void run() {}
    }

    static class FinalTask {

        @Task
        public final void run() {}
    }

    static final class FinalClassTask {

        @Task
        public void run() {}
    }

    record RecordTask() {

        @Task
        public void run() {}
    }

    static class ReturningTask {

        @Task
        public int run() {
            return 1;
        }
    }

    static class FutureTask {

        @Task
        public CompletableFuture<String> run() {
            return CompletableFuture.completedFuture("x");
        }
    }

    static class RawHandleTask {

        @Task
        @SuppressWarnings("rawtypes")
        public TaskHandle run() {
            return TaskHandle.of("x");
        }
    }

    static class WildcardHandleTask {

        @Task
        public TaskHandle<?> run() {
            return TaskHandle.of("x");
        }
    }

    static class StreamHandleTask {

        @Task
        public TaskHandle<InputStream> run() {
            return TaskHandle.of(InputStream.nullInputStream());
        }
    }

    static class AsyncTask {

        @Task
        @Async
        public void run() {}
    }

    @Async
    static class AsyncClassTask {

        @Task
        public void run() {}
    }

    static class ListenerTask {

        @Task
        @EventListener
        public TaskHandle<String> on(String event) {
            return TaskHandle.of("x");
        }
    }

    static class TransactionalListenerTask {

        @Task
        @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
        public TaskHandle<String> on(String event) {
            return TaskHandle.of("x");
        }
    }

    static class SecuredTask {

        @Task
        @RolesAllowed("admin")
        public void run() {}
    }

    @RolesAllowed("admin")
    static class SecuredClassTask {

        @Task
        public void run() {}
    }

    static class StreamTask {

        @Task
        public void run(InputStream in) {}
    }

    static class NestedStreamTask {

        @Task
        public void run(Map<String, ? extends List<InputStream[]>> all) {}
    }

    static class ReactiveTask {

        @Task
        public void run(Flow.Publisher<String> values) {}
    }

    static class CodeTask {

        @Task
        public void run(Supplier<String> code) {}
    }

    static class ThreadTask {

        @Task
        public void run(Thread thread) {}
    }

    static class ClassTask {

        @Task
        public void run(Class<?> type) {}
    }

    static class EventTask {

        @Task
        public void run(OldEvent event) {}
    }

    static class OldEvent extends ApplicationEvent {

        OldEvent(Object source) {
            super(source);
        }
    }

    static class VariableTask<T> {

        @Task
        public void run(T value) {}
    }

    static class MethodVariableTask {

        @Task
        public <T> void run(List<T> values) {}
    }

    static class OverloadTask {

        @Task
        public void run(String text) {}

        @Task
        public void run(int number) {}
    }

    static class AliasTask {

        @Task(aliases = "Good.one")
        public void run() {}
    }

    static class Renamed {

        @Task(name = "stable", aliases = "OldClass.run")
        public void run() {}
    }

    @Task(name = "x")
    static class NamedClass {

        @Task
        public void run() {}
    }

    @Task(aliases = "x")
    static class AliasedClass {

        @Task
        public void run() {}
    }

    static class BlankName {

        @Task(name = " ")
        public void run() {}
    }

    static class LongName {

        static final String TEN = "0123456789";

        static final String HUNDRED = TEN + TEN + TEN + TEN + TEN + TEN + TEN + TEN + TEN + TEN;

        @Task(name = HUNDRED + HUNDRED + TEN + TEN + TEN + TEN + TEN + "123456")
        public void run() {}
    }

    static class BlankAlias {

        @Task(aliases = "")
        public void run() {}
    }

    static class BadQueue {

        @Task(queue = "e mail")
        public void run() {}
    }

    static class NegativeRetries {

        @Task(retries = -1)
        public void run() {}
    }

    static class NoVersion {

        @Task(version = 0)
        public void run() {}
    }

    static class BadDelay {

        @Task(delay = "soon")
        public void run() {}
    }

    static class NegativeDelay {

        @Task(delay = "-5s")
        public void run() {}
    }

    static class HugeDelay {

        @Task(delay = "99999999999999999999d")
        public void run() {}
    }

    static class BadTimeout {

        @Task(timeout = "never")
        public void run() {}
    }

    static class BadRateLimit {

        @Task(rateLimit = "10 a day")
        public void run() {}
    }

    static class NoTimeout {

        @Task(timeout = "0s")
        public void run() {}
    }

    static class BadInitial {

        @Task(backoff = @Backoff(initial = "x"))
        public void run() {}
    }

    static class BadMax {

        @Task(backoff = @Backoff(max = "PT-1S"))
        public void run() {}
    }

    static class BadMultiplier {

        @Task(backoff = @Backoff(multiplier = 0.5))
        public void run() {}
    }

    static class BadJitter {

        @Task(backoff = @Backoff(jitter = 1.1))
        public void run() {}
    }

    static class NoPlaceholder {

        @Task(queue = "${nobody.knows}")
        public void run() {}
    }

    interface Visible {

        void other();
    }

    static class HiddenTask implements Visible {

        @Override
        public void other() {}

        @Task
        public void run() {}
    }

    static class ScheduledTask {

        @Task
        @Scheduled(fixedDelay = 1000)
        public void run() {}
    }

    static class AfterCommit {

        @Task
        @TransactionalEventListener
        public void on(String event) {}
    }

    static class BeforeCommit {

        @Task
        @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
        public void on(String event) {}
    }

    static class PlainListener {

        @Task
        @EventListener
        public void on(String event) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoBeans {

        @Bean
        Good first() {
            return new Good();
        }

        @Bean
        Good second() {
            return new Good();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Subclasses {

        @Bean
        FirstGood first() {
            return new FirstGood();
        }

        @Bean
        SecondGood second() {
            return new SecondGood();
        }
    }

    static class GoodFactory implements FactoryBean<Good> {

        static int products;

        @Override
        public Good getObject() {
            products++;
            return new Good();
        }

        @Override
        public Class<?> getObjectType() {
            return Good.class;
        }
    }
}
