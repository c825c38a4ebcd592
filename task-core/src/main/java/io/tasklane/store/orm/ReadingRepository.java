package io.tasklane.store.orm;

import jakarta.persistence.EntityManager;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.locks.ReentrantLock;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.support.JpaRepositoryFactory;
import org.springframework.util.ReflectionUtils;

/**
 * A Spring Data repository whose every call has a session of its own. A shared EntityManager would keep one session, and its
 * connection, for as long as a transaction of the host lasts.
 */
final class ReadingRepository<R> implements InvocationHandler {

    private final TaskPersistenceUnit unit;

    private final Class<R> type;

    private final ReentrantLock lock = new ReentrantLock();

    private final ThreadLocal<Session> session = new ThreadLocal<>();

    private volatile @Nullable R repository;

    ReadingRepository(TaskPersistenceUnit unit, Class<R> type) {
        this.unit = unit;
        this.type = type;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (ReflectionUtils.isEqualsMethod(method)) {
            return arguments != null && proxy == arguments[0];
        }
        if (ReflectionUtils.isHashCodeMethod(method)) {
            return System.identityHashCode(proxy);
        }
        if (ReflectionUtils.isToStringMethod(method)) {
            return "Read-only " + this.type.getSimpleName();
        }
        try {
            Object[] all = arguments != null ? arguments : new Object[0];
            return this.unit.<@Nullable Object>read(opened -> call(opened, method, all));
        } catch (UndeclaredThrowableException ex) {
            throw ex.getUndeclaredThrowable();
        }
    }

    private @Nullable Object call(Session opened, Method method, Object[] arguments) {
        Session outer = this.session.get();
        this.session.set(opened);
        try {
            // The interface may be one that only the host's package can see.
            ReflectionUtils.makeAccessible(method);
            return ReflectionUtils.invokeMethod(method, repository(), arguments);
        } finally {
            if (outer != null) {
                this.session.set(outer);
            } else {
                this.session.remove();
            }
        }
    }

    private R repository() {
        R made = this.repository;
        if (made != null) {
            return made;
        }
        this.lock.lock();
        try {
            made = this.repository;
            if (made == null) {
                made = make();
                this.repository = made;
            }
            return made;
        } finally {
            this.lock.unlock();
        }
    }

    private R make() {
        ClassLoader loader = this.type.getClassLoader();
        EntityManager current = (EntityManager) Proxy.newProxyInstance(
                loader,
                new Class<?>[] {EntityManager.class},
                (proxy, method, arguments) -> ReflectionUtils.isEqualsMethod(method)
                        ? proxy == arguments[0]
                        : ReflectionUtils.invokeMethod(method, this.session.get(), arguments));
        JpaRepositoryFactory factory = new JpaRepositoryFactory(current);
        factory.setBeanClassLoader(loader);
        return factory.getRepository(this.type);
    }
}
