package io.tasklane.annotation;

import io.tasklane.handler.TaskSubmitter;
import java.lang.reflect.Modifier;
import java.util.function.Supplier;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.util.function.SingletonSupplier;

/**
 * Proxies beans with task methods, so that calls enqueue. Joins a proxy that is there already, outside its other advice:
 * a transaction of the method itself begins when the task runs, not when it is enqueued.
 */
public final class TaskAnnotationBeanPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

    /**
     * Creates the post-processor. Both collaborators are asked for at the first call of a task method: a post-processor
     * that needs them earlier would create half of the application before other post-processors see it.
     *
     * @param submitter takes the calls
     * @param definitions tells what the methods say
     */
    public TaskAnnotationBeanPostProcessor(
            Supplier<? extends TaskSubmitter> submitter, Supplier<? extends TaskDefinitionSource> definitions) {
        setBeforeExistingAdvisors(true);
        this.advisor = new DefaultPointcutAdvisor(
                new TaskMethodPointcut(),
                new TaskMethodInterceptor(
                        SingletonSupplier.of(submitter::get), SingletonSupplier.of(definitions::get)));
    }

    /** A final class is left to the report of all problems, which says more than the failure to subclass it. */
    @Override
    protected boolean isEligible(Class<?> targetClass) {
        return !Modifier.isFinal(targetClass.getModifiers()) && super.isEligible(targetClass);
    }
}
