package io.tasklane.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/** Finds the task methods of all beans by their classes, without creating a bean. */
final class TaskBeanFinder {

    private final ConfigurableListableBeanFactory beanFactory;

    private final AnnotationTaskDefinitionSource definitions;

    TaskBeanFinder(ConfigurableListableBeanFactory beanFactory, AnnotationTaskDefinitionSource definitions) {
        this.beanFactory = beanFactory;
        this.definitions = definitions;
    }

    List<TaskBean> find() {
        List<TaskBean> found = new ArrayList<>();
        for (String name : this.beanFactory.getBeanNamesForType(Object.class, true, false)) {
            Class<?> type = ScopedProxyUtils.isScopedTarget(name) ? null : userClass(name);
            if (type == null || !TaskMethods.isCandidate(type) || isMock(name, type)) {
                continue;
            }
            for (Method method : TaskMethods.select(type)) {
                found.add(new TaskBean(name, type, this.definitions.examine(method, type)));
            }
        }
        return found;
    }

    private @Nullable Class<?> userClass(String name) {
        Class<?> type = AutoProxyUtils.determineTargetClass(this.beanFactory, name);
        if (type != null && ScopedObject.class.isAssignableFrom(type)) {
            Class<?> target =
                    AutoProxyUtils.determineTargetClass(this.beanFactory, ScopedProxyUtils.getTargetBeanName(name));
            type = target != null ? target : type;
        }
        Object bean = this.beanFactory.getSingleton(name);
        if (type != null && bean != null && Proxy.isProxyClass(type)) {
            type = AopUtils.getTargetClass(bean);
        }
        return type != null ? ClassUtils.getUserClass(type) : null;
    }

    private boolean isMock(String name, Class<?> type) {
        Object bean = this.beanFactory.getSingleton(name);
        return MockitoMocks.isMockClass(type) || (bean != null && MockitoMocks.isMock(bean));
    }
}
