package io.tasklane.client;

import io.micrometer.observation.ObservationRegistry;
import io.tasklane.QueueSpec;
import io.tasklane.TaskContext;
import io.tasklane.TaskId;
import io.tasklane.handler.RegisteredTask;
import io.tasklane.handler.TaskHandlerRegistry;
import io.tasklane.handler.TaskInvocation;
import io.tasklane.handler.TaskRouting;
import io.tasklane.observation.TaskEnqueueObservations;
import io.tasklane.queue.QueueRegistry;
import io.tasklane.queue.TaskDefaults;
import io.tasklane.serializer.TaskSerializer;
import io.tasklane.serializer.jackson.JacksonTaskSerializer;
import io.tasklane.store.ClaimRequest;
import io.tasklane.store.LeasedTask;
import io.tasklane.store.NewTask;
import io.tasklane.store.QueueClaim;
import io.tasklane.store.StoredTask;
import io.tasklane.store.TaskCommitListener;
import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskFilter;
import io.tasklane.store.TaskOutcome;
import io.tasklane.store.TaskPageRequest;
import io.tasklane.store.TaskStore;
import io.tasklane.store.TaskWriter;
import io.tasklane.store.WorkerDescription;
import io.tasklane.store.jdbc.JdbcTaskStore;
import io.tasklane.store.memory.InMemoryTaskStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A client on a store in memory, put together by hand. Remembers what was inserted, and what was committed. */
public final class ProducerRig {

    private final TaskStore store;

    private final Supplier<List<TaskId>> ids;

    private final List<List<NewTask>> inserts = new ArrayList<>();

    private final List<NewTask> committed = new ArrayList<>();

    private final TaskHandlerRegistry handlers = new TaskHandlerRegistry();

    private final TaskSerializer serializer =
            new JacksonTaskSerializer(List.of(), JacksonTaskSerializer.DEFAULT_MAX_PAYLOAD_BYTES);

    private final QueueRegistry queues;

    private final DefaultTaskClient client;

    private long claims;

    private long worker;

    /** Builds a client; the store has the queues default, email and vip. */
    public ProducerRig() {
        this(new TaskEnqueueObservations(ObservationRegistry.NOOP, null));
    }

    /** Builds a client with this routing. */
    public ProducerRig(TaskRouting routing) {
        this(
                new InMemoryTaskStore(InstantSource.system()),
                new TaskEnqueueObservations(ObservationRegistry.NOOP, null),
                routing);
    }

    /** Builds a client with these observations. */
    public ProducerRig(TaskEnqueueObservations observations) {
        this(new InMemoryTaskStore(InstantSource.system()), observations, TaskRouting.NONE);
    }

    private ProducerRig(InMemoryTaskStore store, TaskEnqueueObservations observations, TaskRouting routing) {
        this(
                store,
                () -> store.find(TaskFilter.ANY, TaskPageRequest.first(500)).tasks().stream()
                        .map(StoredTask::id)
                        .toList(),
                observations,
                routing);
    }

    /** Builds a client on a database that has the tables, of which nothing else uses the queues email and vip. */
    public static ProducerRig on(JdbcTaskStore store, DataSource dataSource) {
        JdbcClient client = JdbcClient.create(new DelegatingDataSource(dataSource));
        return new ProducerRig(
                store,
                () -> client.sql("select id from tasklane_task").query(Long.class).list().stream()
                        .map(TaskId::new)
                        .toList(),
                new TaskEnqueueObservations(ObservationRegistry.NOOP, null),
                TaskRouting.NONE);
    }

    private ProducerRig(
            TaskStore store, Supplier<List<TaskId>> ids, TaskEnqueueObservations observations, TaskRouting routing) {
        this.store = store;
        this.ids = ids;
        this.queues = new QueueRegistry(() -> store, TaskDefaults.DEFAULT);
        this.store.declare(QueueSpec.named("email"));
        this.store.declare(QueueSpec.named("vip"));
        RecordingWriter writer = new RecordingWriter();
        this.client = new DefaultTaskClient(
                writer,
                new TaskPreparation(writer, this.queues, this.handlers, this.serializer, routing),
                new TaskInsertion(writer, () -> List.<TaskCommitListener>of(this.committed::addAll)),
                new TaskResults(this.store, this.handlers, this.serializer),
                observations);
    }

    public DefaultTaskClient client() {
        return this.client;
    }

    public TaskStore store() {
        return this.store;
    }

    public TaskHandlerRegistry handlers() {
        return this.handlers;
    }

    public QueueRegistry queues() {
        return this.queues;
    }

    /** What each call of insert was given. */
    public List<List<NewTask>> inserts() {
        return this.inserts;
    }

    /** What the commit listener was told of. */
    public List<NewTask> committed() {
        return this.committed;
    }

    /** All stored tasks, by id. */
    public List<StoredTask> stored() {
        return this.ids.get().stream()
                .sorted()
                .map(id -> this.store.find(id).orElseThrow())
                .toList();
    }

    /** The one stored task. */
    public StoredTask only() {
        if (stored().size() != 1) {
            throw new AssertionError("Expected one task: " + stored());
        }
        return stored().get(0);
    }

    /** Names of the stored tasks, by id. */
    public List<String> names() {
        return stored().stream().map(StoredTask::task).toList();
    }

    /** Claims the next task of all queues. */
    public LeasedTask claim() {
        if (this.worker == 0) {
            this.worker = this.store.join(new WorkerDescription("test", "host", 1, List.of(), 1, 0));
        }
        List<QueueClaim> claim = this.store.queues().stream()
                .map(queue -> new QueueClaim(queue.name(), 1))
                .toList();
        return this.store
                .exchange(this.worker, List.of(), new ClaimRequest(claim, 1, ++this.claims, Set.of()))
                .claimed()
                .get(0);
    }

    /** Writes an outcome. */
    public void complete(LeasedTask task, TaskOutcome outcome) {
        this.store.exchange(
                this.worker,
                List.of(new TaskCompletion(task.lease(), task.claimedAt(), task.claimedAt(), outcome)),
                null);
    }

    /** Claims the next task and runs its handler on this thread, as a worker does, without writing an outcome. */
    public @Nullable Object run() throws Throwable {
        LeasedTask task = claim();
        RegisteredTask registered = this.handlers.find(task.task()).orElseThrow();
        TaskContext context = new TestContext(task);
        @Nullable
        Object[] arguments =
                this.serializer.read(task.task(), registered.definition().parameters(), task.payload());
        for (int i = 0; i < arguments.length; i++) {
            if (registered.definition().parameters().get(i).injected()) {
                arguments[i] = context;
            }
        }
        return registered.handler().handle(new TaskInvocation(registered.definition(), arguments, context));
    }

    private final class RecordingWriter implements TaskWriter {

        @Override
        public TaskId newId() {
            return ProducerRig.this.store.newId();
        }

        @Override
        public void intern(Collection<String> tasks) {
            ProducerRig.this.store.intern(tasks);
        }

        @Override
        public void insert(List<NewTask> tasks, TaskCommitListener listener) {
            ProducerRig.this.inserts.add(List.copyOf(tasks));
            ProducerRig.this.store.insert(tasks, listener);
        }

        @Override
        public @Nullable Object currentTransaction() {
            return ProducerRig.this.store.currentTransaction();
        }
    }

    /** Context of a task that runs in a test. */
    public record TestContext(LeasedTask leased) implements TaskContext {

        @Override
        public TaskId id() {
            return this.leased.lease().task();
        }

        @Override
        public String task() {
            return this.leased.task();
        }

        @Override
        public String queue() {
            return this.leased.queue();
        }

        @Override
        public int attempt() {
            return this.leased.retriesUsed() + 1;
        }

        @Override
        public int recoveries() {
            return this.leased.recoveries();
        }

        @Override
        public boolean isLeaseLost() {
            return false;
        }

        @Override
        public boolean isCancellationRequested() {
            return false;
        }
    }
}
