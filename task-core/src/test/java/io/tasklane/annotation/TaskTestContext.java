package io.tasklane.annotation;

import io.tasklane.client.ProducerRig;
import io.tasklane.handler.TaskHandlerRegistry;
import io.tasklane.handler.TaskRouting;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

/** An application context with the annotation half wired onto a client in memory. */
final class TaskTestContext {

    private TaskTestContext() {}

    /** Starts a context with these component classes, in this order. */
    static AnnotationConfigApplicationContext start(ProducerRig rig, Class<?>... components) {
        return start(rig, Map.of(), components);
    }

    /** Starts a context with these properties and component classes. */
    static AnnotationConfigApplicationContext start(
            ProducerRig rig, Map<String, Object> properties, Class<?>... components) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
        context.registerBean(ProducerRig.class, () -> rig);
        boolean placed = false;
        for (Class<?> component : components) {
            placed |= component == Wiring.class;
        }
        if (!placed) {
            context.register(Wiring.class);
        }
        context.register(components);
        try {
            context.refresh();
        } catch (RuntimeException ex) {
            context.close();
            throw ex;
        }
        return context;
    }

    /** What the starter wires. */
    @Configuration(proxyBeanMethods = false)
    static class Wiring {

        @Bean
        static TaskAnnotationBeanPostProcessor taskAnnotationBeanPostProcessor(
                ObjectProvider<ProducerRig> rig, ObjectProvider<TaskDefinitionSource> definitions) {
            return new TaskAnnotationBeanPostProcessor(() -> rig.getObject().client(), definitions::getObject);
        }

        @Bean
        AnnotationTaskDefinitionSource taskDefinitionSource(AnnotationConfigApplicationContext context) {
            return new AnnotationTaskDefinitionSource(context.getBeanFactory()::resolveEmbeddedValue, TaskRouting.NONE);
        }

        @Bean
        TaskMethodRegistrar taskMethodRegistrar(
                AnnotationConfigApplicationContext context,
                AnnotationTaskDefinitionSource definitions,
                ProducerRig rig,
                ObjectProvider<TaskDefinitionCheck> check) {
            TaskHandlerRegistry handlers = rig.handlers();
            return new TaskMethodRegistrar(
                    context.getBeanFactory(), definitions, handlers, check.getIfAvailable(() -> (all, report) -> {}));
        }
    }
}
