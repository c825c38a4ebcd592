package io.tasklane;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

class TaskReflectiveProcessorTests {

    private final RuntimeHints hints = new RuntimeHints();

    @Test
    void methodParametersAndResultAreUsableInANativeImage() throws Exception {
        new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(this.hints, Tasks.class);
        var reflection = RuntimeHintsPredicates.reflection();
        assertThat(reflection.onMethodInvocation(
                        Tasks.class.getDeclaredMethod("handle", List.class, TaskContext.class)))
                .accepts(this.hints);
        for (Class<?> bound : List.of(Order.class, Item.class, Report.class)) {
            assertThat(reflection.onType(bound).withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS))
                    .as(bound.getSimpleName())
                    .accepts(this.hints);
        }
        assertThat(reflection.onType(TaskContext.class)).rejects(this.hints);
    }

    @Test
    void composedAnnotationCountsToo() throws Exception {
        new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(this.hints, Composed.class);
        assertThat(RuntimeHintsPredicates.reflection()
                        .onMethodInvocation(Composed.class.getDeclaredMethod("handle", Order.class)))
                .accepts(this.hints);
        assertThat(RuntimeHintsPredicates.reflection().onType(Item.class)).accepts(this.hints);
    }

    record Item(String name) {}

    record Order(List<Item> items) {}

    record Report(String text) {}

    static class Tasks {

        @Task
        public TaskHandle<Report> handle(List<Order> orders, TaskContext context) {
            return TaskHandle.of(new Report("x"));
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Task(queue = "email")
    @interface Emailing {}

    static class Composed {

        @Emailing
        public void handle(Order order) {}
    }
}
