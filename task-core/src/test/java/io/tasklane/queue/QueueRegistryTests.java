package io.tasklane.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.QueueSpec;
import io.tasklane.store.QueueStore;
import io.tasklane.store.memory.InMemoryTaskStore;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class QueueRegistryTests {

    private final InMemoryTaskStore store = new InMemoryTaskStore(InstantSource.system());

    private final AtomicReference<Runnable> betweenReadingAndAnswer = new AtomicReference<>();

    private final QueueRegistry registry = new QueueRegistry(this::slowStore, TaskDefaults.DEFAULT);

    @Test
    void aSlowReadingDoesNotHideWhatALaterOneHasSeen() {
        this.betweenReadingAndAnswer.set(() -> {
            this.store.declare(QueueSpec.named("email"));
            this.registry.refresh();
        });
        this.registry.refresh();

        assertThat(this.registry.find("email")).isPresent();
        this.store.delete("email", null);
        this.registry.refresh();
        assertThat(this.registry.find("email")).isEmpty();
    }

    private QueueStore slowStore() {
        return (QueueStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {QueueStore.class}, (proxy, method, arguments) -> {
                    Object read = method.invoke(this.store, arguments);
                    Runnable between = this.betweenReadingAndAnswer.getAndSet(null);
                    if (between != null) {
                        between.run();
                    }
                    return read;
                });
    }
}
