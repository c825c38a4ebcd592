package io.tasklane.autoconfigure;

import io.tasklane.PayloadUpgrader;
import io.tasklane.TaskRouter;
import io.tasklane.annotation.AnnotationTaskDefinitionSource;
import io.tasklane.annotation.TaskAnnotationBeanPostProcessor;
import io.tasklane.annotation.TaskMethodRegistrar;
import io.tasklane.handler.TaskHandlerRegistry;
import io.tasklane.handler.TaskRouting;
import io.tasklane.handler.TaskSubmitter;
import io.tasklane.serializer.PayloadUpgrades;
import io.tasklane.serializer.TaskSerializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;

/**
 * Auto-configuration for methods annotated with {@link io.tasklane.Task @Task}. Always there: without a store such a method
 * must fail the start-up, and never run inline.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@Import(TasklaneSettingsConfiguration.class)
public final class TasklaneAnnotationAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static TaskAnnotationBeanPostProcessor taskAnnotationBeanPostProcessor(
            ObjectProvider<TaskSubmitter> submitter, ObjectProvider<AnnotationTaskDefinitionSource> definitions) {
        return new TaskAnnotationBeanPostProcessor(submitter::getObject, definitions::getObject);
    }

    @Bean
    TaskRouting taskRouting(TasklaneSettings settings, ObjectProvider<TaskRouter> routers) {
        return new TaskRouting(
                settings.routing().overrides(),
                settings.routing().routes(),
                () -> routers.orderedStream().toList());
    }

    @Bean
    AnnotationTaskDefinitionSource taskDefinitionSource(
            ConfigurableListableBeanFactory beanFactory, TaskRouting routing) {
        return new AnnotationTaskDefinitionSource(beanFactory::resolveEmbeddedValue, routing);
    }

    @Bean
    TaskHandlerRegistry taskHandlerRegistry() {
        return new TaskHandlerRegistry();
    }

    @Bean
    PayloadUpgrades taskPayloadUpgrades(ObjectProvider<PayloadUpgrader> steps) {
        return new PayloadUpgrades(steps.orderedStream().toList());
    }

    @Bean
    TaskMethodRegistrar taskMethodRegistrar(
            ConfigurableListableBeanFactory beanFactory,
            AnnotationTaskDefinitionSource definitions,
            TaskHandlerRegistry handlers,
            ObjectProvider<UsedQueues> queues,
            ObjectProvider<TaskTransactionManagers> transactions,
            ObjectProvider<TaskSerializer> serializer,
            PayloadUpgrades upgrades) {
        return new TaskMethodRegistrar(
                beanFactory,
                definitions,
                handlers,
                new StartupTaskCheck(beanFactory, queues, transactions, serializer, upgrades));
    }
}
