package io.tasklane.autoconfigure;

import io.tasklane.TaskState;
import io.tasklane.actuate.health.FailureLimits;
import io.tasklane.actuate.health.FailureLimits.Severity;
import io.tasklane.queue.TaskDefaults;
import io.tasklane.retry.RetryBackoff;
import io.tasklane.store.schema.SchemaMode;
import io.tasklane.store.schema.TablePrefix;
import io.tasklane.worker.QueueOrder;
import io.tasklane.worker.RetentionSettings;
import io.tasklane.worker.WorkerNodeSettings;
import io.tasklane.worker.WorkerThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * What an application configures below {@code tasklane}. Read by {@link TasklaneSettingsResolver} only, which checks it
 * and turns it into immutable settings.
 */
@ConfigurationProperties("tasklane")
public class TasklaneProperties {

    /**
     * Where tasks are kept.
     */
    private Store store = Store.JDBC;

    /**
     * Start of the names of all tables.
     */
    private String tablePrefix = TablePrefix.DEFAULT;

    /**
     * Whether a queue that a task method names, but nothing declares, is declared at start-up.
     */
    private boolean createMissingQueues;

    private final Defaults defaults = new Defaults();

    /**
     * Queues by name. What an entry leaves out is taken from 'tasklane.defaults'.
     */
    private final Map<String, Queue> queues = new LinkedHashMap<>();

    /**
     * Tasks by name, in brackets where the name has a dot: what wins over their annotation.
     */
    private final Map<String, TaskOverrides> tasks = new LinkedHashMap<>();

    /**
     * Where tasks go, by their names. The first that matches wins.
     */
    private List<Route> routes = new ArrayList<>();

    private final Worker worker = new Worker();

    private final Recovery recovery = new Recovery();

    private final Retention retention = new Retention();

    private final Schema schema = new Schema();

    private final Payload payload = new Payload();

    private final Notify notify = new Notify();

    private final Health health = new Health();

    public Store getStore() {
        return this.store;
    }

    public void setStore(Store store) {
        this.store = store;
    }

    public String getTablePrefix() {
        return this.tablePrefix;
    }

    public void setTablePrefix(String tablePrefix) {
        this.tablePrefix = tablePrefix;
    }

    public boolean isCreateMissingQueues() {
        return this.createMissingQueues;
    }

    public void setCreateMissingQueues(boolean createMissingQueues) {
        this.createMissingQueues = createMissingQueues;
    }

    public Defaults getDefaults() {
        return this.defaults;
    }

    public Map<String, Queue> getQueues() {
        return this.queues;
    }

    public Map<String, TaskOverrides> getTasks() {
        return this.tasks;
    }

    public List<Route> getRoutes() {
        return this.routes;
    }

    public void setRoutes(List<Route> routes) {
        this.routes = routes;
    }

    public Worker getWorker() {
        return this.worker;
    }

    public Recovery getRecovery() {
        return this.recovery;
    }

    public Retention getRetention() {
        return this.retention;
    }

    public Schema getSchema() {
        return this.schema;
    }

    public Payload getPayload() {
        return this.payload;
    }

    public Notify getNotify() {
        return this.notify;
    }

    public Health getHealth() {
        return this.health;
    }

    /** Where tasks are kept. */
    public enum Store {

        /** In tables of the application's database. */
        JDBC,

        /** In the memory of this process: nothing survives it. For trying out and for tests. */
        MEMORY
    }

    /** What applies where neither call, annotation nor queue says otherwise. */
    public static class Defaults {

        /**
         * How many tasks of one queue a node runs at once: a number, or a range such as 2-10 within which it follows what waits.
         */
        private String concurrency = TaskDefaults.DEFAULT.concurrency().toString();

        /**
         * How often a failed task is tried again after the first time.
         */
        private int retries = TaskDefaults.DEFAULT.retries();

        /**
         * Longest time a task waits to be seen when no signal tells of it, at least one second.
         */
        private Duration pollInterval = Duration.ofSeconds(1);

        /**
         * What tasks run on: 'platform' or 'virtual' threads (Java 21), 'inline' on the container's own one after the
         * other, or 'bean:' and the name of a TaskExecutor.
         */
        private WorkerThreads executor = WorkerThreads.PLATFORM;

        /**
         * Priority of a task inside its queue, higher first.
         */
        private int defaultPriority = TaskDefaults.DEFAULT.priority();

        private final Backoff backoff = Backoff.of(RetryBackoff.DEFAULT);

        public String getConcurrency() {
            return this.concurrency;
        }

        public void setConcurrency(String concurrency) {
            this.concurrency = concurrency;
        }

        public int getRetries() {
            return this.retries;
        }

        public void setRetries(int retries) {
            this.retries = retries;
        }

        public Duration getPollInterval() {
            return this.pollInterval;
        }

        public void setPollInterval(Duration pollInterval) {
            this.pollInterval = pollInterval;
        }

        public WorkerThreads getExecutor() {
            return this.executor;
        }

        public void setExecutor(WorkerThreads executor) {
            this.executor = executor;
        }

        public int getDefaultPriority() {
            return this.defaultPriority;
        }

        public void setDefaultPriority(int defaultPriority) {
            this.defaultPriority = defaultPriority;
        }

        public Backoff getBackoff() {
            return this.backoff;
        }
    }

    /** How long a failed task waits for its next try. */
    public static class Backoff {

        /**
         * Wait before the first retry.
         */
        private @Nullable Duration initial;

        /**
         * Factor from one wait to the next, at least 1.
         */
        private @Nullable Double multiplier;

        /**
         * Longest wait.
         */
        private @Nullable Duration max;

        /**
         * Random share added to or taken from each wait, from 0 to 1.
         */
        private @Nullable Double jitter;

        static Backoff of(RetryBackoff backoff) {
            Backoff properties = new Backoff();
            properties.initial = backoff.initial();
            properties.multiplier = backoff.multiplier();
            properties.max = backoff.max();
            properties.jitter = backoff.jitter();
            return properties;
        }

        public @Nullable Duration getInitial() {
            return this.initial;
        }

        public void setInitial(@Nullable Duration initial) {
            this.initial = initial;
        }

        public @Nullable Double getMultiplier() {
            return this.multiplier;
        }

        public void setMultiplier(@Nullable Double multiplier) {
            this.multiplier = multiplier;
        }

        public @Nullable Duration getMax() {
            return this.max;
        }

        public void setMax(@Nullable Duration max) {
            this.max = max;
        }

        public @Nullable Double getJitter() {
            return this.jitter;
        }

        public void setJitter(@Nullable Double jitter) {
            this.jitter = jitter;
        }
    }

    /** One queue; what is left out is taken from the defaults. */
    public static class Queue {

        /**
         * How many tasks of this queue a node runs at once: a number, or a range such as 2-10 within which it follows what waits.
         */
        private @Nullable String concurrency;

        /**
         * How often a failed task is tried again after the first time.
         */
        private @Nullable Integer retries;

        /**
         * Priority of the tasks of this queue that have none of their own, higher first.
         */
        private @Nullable Integer defaultPriority;

        /**
         * Least priority of the tasks of this queue; one that is enqueued with less gets this one.
         */
        private @Nullable Integer minPriority;

        /**
         * Highest priority of the tasks of this queue; one that is enqueued with more gets this one.
         */
        private @Nullable Integer maxPriority;

        /**
         * Longest time a task of this queue waits to be seen when no signal tells of it, at least one second.
         */
        private @Nullable Duration pollInterval;

        /**
         * Regular expressions of which one must match a tag of a node in full for it to run this queue's tasks. '*' is every
         * node, an empty list none.
         */
        private @Nullable List<String> tags;

        /**
         * How many tasks of this queue all nodes together run at once.
         */
        private @Nullable Integer maxRunning;

        /**
         * How many slots the other queues of the same container leave free for this one.
         */
        private @Nullable Integer reservedSlots;

        /**
         * What the tasks of this queue run on in a container of its own: 'platform', 'virtual', 'inline', or 'bean:' and the
         * name of a TaskExecutor.
         */
        private @Nullable WorkerThreads executor;

        private final Backoff backoff = new Backoff();

        /**
         * How many tasks of this queue all nodes together start in 'rate-interval'; 0 starts none. Not limited unless set.
         */
        private @Nullable Integer rateLimit;

        /**
         * Interval of 'rate-limit', at least 100 ms. Defaults to one second.
         */
        private @Nullable Duration rateInterval;

        /**
         * How many tasks of this queue may start at once after a time without any. Defaults to a tenth of 'rate-limit', at least 1.
         */
        private @Nullable Integer rateBurst;

        private final AutoPause autoPause = new AutoPause();

        private final Aging aging = new Aging();

        public @Nullable String getConcurrency() {
            return this.concurrency;
        }

        public void setConcurrency(@Nullable String concurrency) {
            this.concurrency = concurrency;
        }

        public @Nullable Integer getRetries() {
            return this.retries;
        }

        public void setRetries(@Nullable Integer retries) {
            this.retries = retries;
        }

        public @Nullable Integer getDefaultPriority() {
            return this.defaultPriority;
        }

        public void setDefaultPriority(@Nullable Integer defaultPriority) {
            this.defaultPriority = defaultPriority;
        }

        public @Nullable Integer getMinPriority() {
            return this.minPriority;
        }

        public void setMinPriority(@Nullable Integer minPriority) {
            this.minPriority = minPriority;
        }

        public @Nullable Integer getMaxPriority() {
            return this.maxPriority;
        }

        public void setMaxPriority(@Nullable Integer maxPriority) {
            this.maxPriority = maxPriority;
        }

        public @Nullable Duration getPollInterval() {
            return this.pollInterval;
        }

        public void setPollInterval(@Nullable Duration pollInterval) {
            this.pollInterval = pollInterval;
        }

        public @Nullable List<String> getTags() {
            return this.tags;
        }

        public void setTags(@Nullable List<String> tags) {
            this.tags = tags;
        }

        public @Nullable Integer getMaxRunning() {
            return this.maxRunning;
        }

        public void setMaxRunning(@Nullable Integer maxRunning) {
            this.maxRunning = maxRunning;
        }

        public @Nullable Integer getReservedSlots() {
            return this.reservedSlots;
        }

        public void setReservedSlots(@Nullable Integer reservedSlots) {
            this.reservedSlots = reservedSlots;
        }

        public @Nullable WorkerThreads getExecutor() {
            return this.executor;
        }

        public void setExecutor(@Nullable WorkerThreads executor) {
            this.executor = executor;
        }

        public Backoff getBackoff() {
            return this.backoff;
        }

        public @Nullable Integer getRateLimit() {
            return this.rateLimit;
        }

        public void setRateLimit(@Nullable Integer rateLimit) {
            this.rateLimit = rateLimit;
        }

        public @Nullable Duration getRateInterval() {
            return this.rateInterval;
        }

        public void setRateInterval(@Nullable Duration rateInterval) {
            this.rateInterval = rateInterval;
        }

        public @Nullable Integer getRateBurst() {
            return this.rateBurst;
        }

        public void setRateBurst(@Nullable Integer rateBurst) {
            this.rateBurst = rateBurst;
        }

        public AutoPause getAutoPause() {
            return this.autoPause;
        }

        public Aging getAging() {
            return this.aging;
        }
    }

    /** How tasks of a queue gain priority while they wait. */
    public static class Aging {

        /**
         * After how long a wait a task gains 'step', and again after as long, at least one second.
         */
        private @Nullable Duration after;

        /**
         * How much priority a task gains each time. Defaults to 1.
         */
        private @Nullable Integer step;

        /**
         * Priority up to which tasks gain. Not limited unless set.
         */
        private @Nullable Integer max;

        public @Nullable Duration getAfter() {
            return this.after;
        }

        public void setAfter(@Nullable Duration after) {
            this.after = after;
        }

        public @Nullable Integer getStep() {
            return this.step;
        }

        public void setStep(@Nullable Integer step) {
            this.step = step;
        }

        public @Nullable Integer getMax() {
            return this.max;
        }

        public void setMax(@Nullable Integer max) {
            this.max = max;
        }
    }

    /** When the failures of a queue pause it. */
    public static class AutoPause {

        /**
         * How many attempts have to fail in a row on one node for the queue to be paused for a while.
         */
        private @Nullable Integer failures;

        /**
         * Which share of the last 'attempts' has to fail on one node for the queue to be paused for a while, above 0 and up to 1.
         */
        private @Nullable Double rate;

        /**
         * How many attempts 'rate' is a share of. Defaults to 20.
         */
        private @Nullable Integer attempts;

        /**
         * How long the queue is paused, at least one second. Defaults to one minute.
         */
        private @Nullable Duration duration;

        public @Nullable Integer getFailures() {
            return this.failures;
        }

        public void setFailures(@Nullable Integer failures) {
            this.failures = failures;
        }

        public @Nullable Double getRate() {
            return this.rate;
        }

        public void setRate(@Nullable Double rate) {
            this.rate = rate;
        }

        public @Nullable Integer getAttempts() {
            return this.attempts;
        }

        public void setAttempts(@Nullable Integer attempts) {
            this.attempts = attempts;
        }

        public @Nullable Duration getDuration() {
            return this.duration;
        }

        public void setDuration(@Nullable Duration duration) {
            this.duration = duration;
        }
    }

    /** What applies to one task before its annotation is asked; what is left out is left to routes and the annotation. */
    public static class TaskOverrides {

        /**
         * Queue of the task.
         */
        private @Nullable String queue;

        /**
         * Priority of the task inside its queue, higher first.
         */
        private @Nullable Integer priority;

        /**
         * How often the task is tried again after it has failed the first time.
         */
        private @Nullable Integer retries;

        /**
         * Earliest start after the enqueue.
         */
        private @Nullable Duration delay;

        /**
         * How long one run of the task may take.
         */
        private @Nullable Duration timeout;

        /**
         * How many tasks of this name all nodes together start in an interval; 0 starts none.
         */
        private @Nullable Integer rateLimit;

        /**
         * The interval of 'rate-limit', at least 100 milliseconds. Defaults to one second.
         */
        private @Nullable Duration rateInterval;

        /**
         * How many tasks may start at once after a time without any. Defaults to a tenth of 'rate-limit', at least 1.
         */
        private @Nullable Integer rateBurst;

        private final Backoff backoff = new Backoff();

        public @Nullable String getQueue() {
            return this.queue;
        }

        public void setQueue(@Nullable String queue) {
            this.queue = queue;
        }

        public @Nullable Integer getPriority() {
            return this.priority;
        }

        public void setPriority(@Nullable Integer priority) {
            this.priority = priority;
        }

        public @Nullable Integer getRetries() {
            return this.retries;
        }

        public void setRetries(@Nullable Integer retries) {
            this.retries = retries;
        }

        public @Nullable Duration getDelay() {
            return this.delay;
        }

        public void setDelay(@Nullable Duration delay) {
            this.delay = delay;
        }

        public @Nullable Duration getTimeout() {
            return this.timeout;
        }

        public void setTimeout(@Nullable Duration timeout) {
            this.timeout = timeout;
        }

        public @Nullable Integer getRateLimit() {
            return this.rateLimit;
        }

        public void setRateLimit(@Nullable Integer rateLimit) {
            this.rateLimit = rateLimit;
        }

        public @Nullable Duration getRateInterval() {
            return this.rateInterval;
        }

        public void setRateInterval(@Nullable Duration rateInterval) {
            this.rateInterval = rateInterval;
        }

        public @Nullable Integer getRateBurst() {
            return this.rateBurst;
        }

        public void setRateBurst(@Nullable Integer rateBurst) {
            this.rateBurst = rateBurst;
        }

        public Backoff getBackoff() {
            return this.backoff;
        }
    }

    /** Where the tasks go whose names match. */
    public static class Route {

        /**
         * Name of the tasks, in which '*' stands for any characters and '?' for one.
         */
        private @Nullable String task;

        /**
         * Regular expression that the whole name of the tasks matches; instead of 'task'.
         */
        private @Nullable String pattern;

        /**
         * Queue of the tasks.
         */
        private @Nullable String queue;

        /**
         * Priority of the tasks inside their queue, higher first.
         */
        private @Nullable Integer priority;

        public @Nullable String getTask() {
            return this.task;
        }

        public void setTask(@Nullable String task) {
            this.task = task;
        }

        public @Nullable String getPattern() {
            return this.pattern;
        }

        public void setPattern(@Nullable String pattern) {
            this.pattern = pattern;
        }

        public @Nullable String getQueue() {
            return this.queue;
        }

        public void setQueue(@Nullable String queue) {
            this.queue = queue;
        }

        public @Nullable Integer getPriority() {
            return this.priority;
        }

        public void setPriority(@Nullable Integer priority) {
            this.priority = priority;
        }
    }

    /** What this node runs. */
    public static class Worker {

        /**
         * Whether this application runs tasks; if not, it only produces them.
         */
        private boolean enabled = true;

        /**
         * Whether containers start with the application.
         */
        private boolean autoStartup = true;

        /**
         * Queues that this node consumes; '*' for all, now and later.
         */
        private List<String> queues = new ArrayList<>(List.of("*"));

        /**
         * Tags of this node, besides hostname, worker_id, java, arch and os, which every node has.
         */
        private List<String> tags = new ArrayList<>();

        /**
         * How long it takes at most until a change of queues that was made on another node holds here; at least 1 s.
         */
        private Duration queueRefreshInterval = Duration.ofSeconds(10);

        /**
         * How far ahead of free slots tasks that take less than 5 ms may be claimed, 0 to 50 ms; 0 turns it off.
         */
        private Duration lookAhead = WorkerNodeSettings.MAX_LOOK_AHEAD;

        /**
         * How long running tasks may go on when the application stops. Below
         * 'spring.lifecycle.timeout-per-shutdown-phase'.
         */
        private Duration drainTimeout = Duration.ofSeconds(20);

        /**
         * Most connections that claims, completions and maintenance use at once.
         */
        private int connections = 2;

        /**
         * How long a task waits for a node that can read its payload before it fails.
         */
        private Duration unreadableTimeout = Duration.ofHours(24);

        /**
         * Containers by name. A queue that none of them names gets a container of its own.
         */
        private final Map<String, Container> containers = new LinkedHashMap<>();

        public boolean isEnabled() {
            return this.enabled;
        }

        public void setEnabled(boolean enabled) {
            this.enabled = enabled;
        }

        public boolean isAutoStartup() {
            return this.autoStartup;
        }

        public void setAutoStartup(boolean autoStartup) {
            this.autoStartup = autoStartup;
        }

        public List<String> getQueues() {
            return this.queues;
        }

        public void setQueues(List<String> queues) {
            this.queues = queues;
        }

        public List<String> getTags() {
            return this.tags;
        }

        public void setTags(List<String> tags) {
            this.tags = tags;
        }

        public Duration getQueueRefreshInterval() {
            return this.queueRefreshInterval;
        }

        public void setQueueRefreshInterval(Duration queueRefreshInterval) {
            this.queueRefreshInterval = queueRefreshInterval;
        }

        public Duration getLookAhead() {
            return this.lookAhead;
        }

        public void setLookAhead(Duration lookAhead) {
            this.lookAhead = lookAhead;
        }

        public Duration getDrainTimeout() {
            return this.drainTimeout;
        }

        public void setDrainTimeout(Duration drainTimeout) {
            this.drainTimeout = drainTimeout;
        }

        public int getConnections() {
            return this.connections;
        }

        public void setConnections(int connections) {
            this.connections = connections;
        }

        public Duration getUnreadableTimeout() {
            return this.unreadableTimeout;
        }

        public void setUnreadableTimeout(Duration unreadableTimeout) {
            this.unreadableTimeout = unreadableTimeout;
        }

        public Map<String, Container> getContainers() {
            return this.containers;
        }
    }

    /** Several queues that share one set of threads. */
    public static class Container {

        /**
         * Queues of this container; '*' for all that no other container of this node names.
         */
        private List<String> queues = new ArrayList<>();

        /**
         * Queues that '*' leaves out.
         */
        private List<String> excludeQueues = new ArrayList<>();

        /**
         * Order between the queues. Defaults to 'strict' for listed queues and to 'round-robin' for '*'.
         */
        private @Nullable QueueOrder order;

        /**
         * Shares of the starts by queue, 1 to 1000; for the order 'weighted', in which a queue left out has 1.
         */
        private final Map<String, Integer> weights = new LinkedHashMap<>();

        /**
         * How many tasks the container runs at once, over all its queues: a number, or a range such as 2-10 within which it
         * follows what waits. Defaults to 'tasklane.defaults.concurrency'.
         */
        private @Nullable String concurrency;

        /**
         * What the tasks of this container run on: 'platform', 'virtual', 'inline', or 'bean:' and the name of a
         * TaskExecutor. Defaults to 'tasklane.defaults.executor'.
         */
        private @Nullable WorkerThreads executor;

        public List<String> getQueues() {
            return this.queues;
        }

        public void setQueues(List<String> queues) {
            this.queues = queues;
        }

        public List<String> getExcludeQueues() {
            return this.excludeQueues;
        }

        public void setExcludeQueues(List<String> excludeQueues) {
            this.excludeQueues = excludeQueues;
        }

        public @Nullable QueueOrder getOrder() {
            return this.order;
        }

        public void setOrder(@Nullable QueueOrder order) {
            this.order = order;
        }

        public Map<String, Integer> getWeights() {
            return this.weights;
        }

        public @Nullable String getConcurrency() {
            return this.concurrency;
        }

        public void setConcurrency(@Nullable String concurrency) {
            this.concurrency = concurrency;
        }

        public @Nullable WorkerThreads getExecutor() {
            return this.executor;
        }

        public void setExecutor(@Nullable WorkerThreads executor) {
            this.executor = executor;
        }
    }

    /** What happens to the tasks of a worker that has died. */
    public static class Recovery {

        /**
         * How long a worker may be silent before its tasks are put back.
         */
        private Duration after = Duration.ofSeconds(10);

        /**
         * How often a task is put back after the death of its worker; the next time it fails.
         */
        private int maxRecoveries = 3;

        public Duration getAfter() {
            return this.after;
        }

        public void setAfter(Duration after) {
            this.after = after;
        }

        public int getMaxRecoveries() {
            return this.maxRecoveries;
        }

        public void setMaxRecoveries(int maxRecoveries) {
            this.maxRecoveries = maxRecoveries;
        }
    }

    /** How long finished tasks are kept. */
    public static class Retention {

        /**
         * How long a task is kept after it has succeeded, its result included; 0 for ever.
         */
        private Duration succeeded = defaultAge(TaskState.SUCCEEDED);

        /**
         * How long a task is kept after it was cancelled; 0 for ever.
         */
        private Duration cancelled = defaultAge(TaskState.CANCELLED);

        /**
         * How long a task is kept after it has expired; 0 for ever.
         */
        private Duration expired = defaultAge(TaskState.EXPIRED);

        /**
         * How long a task is kept after it has failed for good, its errors included; 0 for ever.
         */
        private Duration failed = defaultAge(TaskState.FAILED);

        /**
         * How long it is kept in the audit what operators did; 0 for ever.
         */
        private Duration audit = Objects.requireNonNullElse(RetentionSettings.DEFAULT.audit(), Duration.ZERO);

        /**
         * Time between two looks for tasks to delete. One node at a time looks.
         */
        private Duration interval = RetentionSettings.DEFAULT.interval();

        /**
         * Most tasks deleted in one transaction.
         */
        private int batchSize = RetentionSettings.DEFAULT.batchSize();

        public Duration getSucceeded() {
            return this.succeeded;
        }

        public void setSucceeded(Duration succeeded) {
            this.succeeded = succeeded;
        }

        public Duration getCancelled() {
            return this.cancelled;
        }

        public void setCancelled(Duration cancelled) {
            this.cancelled = cancelled;
        }

        public Duration getExpired() {
            return this.expired;
        }

        public void setExpired(Duration expired) {
            this.expired = expired;
        }

        public Duration getFailed() {
            return this.failed;
        }

        public void setFailed(Duration failed) {
            this.failed = failed;
        }

        public Duration getAudit() {
            return this.audit;
        }

        public void setAudit(Duration audit) {
            this.audit = audit;
        }

        public Duration getInterval() {
            return this.interval;
        }

        public void setInterval(Duration interval) {
            this.interval = interval;
        }

        public int getBatchSize() {
            return this.batchSize;
        }

        public void setBatchSize(int batchSize) {
            this.batchSize = batchSize;
        }

        private static Duration defaultAge(TaskState state) {
            return RetentionSettings.DEFAULT.ages().getOrDefault(state, Duration.ZERO);
        }
    }

    /** The tables. */
    public static class Schema {

        /**
         * What is done about the tables at start-up.
         */
        private SchemaMode mode = SchemaMode.MIGRATE;

        /**
         * How long the start waits for a database that does not answer; 0 fails at once.
         */
        private Duration waitForDatabase = Duration.ZERO;

        public SchemaMode getMode() {
            return this.mode;
        }

        public void setMode(SchemaMode mode) {
            this.mode = mode;
        }

        public Duration getWaitForDatabase() {
            return this.waitForDatabase;
        }

        public void setWaitForDatabase(Duration waitForDatabase) {
            this.waitForDatabase = waitForDatabase;
        }
    }

    /** Arguments of tasks. */
    public static class Payload {

        /**
         * Largest size of the arguments, or the result, of one task.
         */
        private DataSize maxSize = DataSize.ofMegabytes(1);

        public DataSize getMaxSize() {
            return this.maxSize;
        }

        public void setMaxSize(DataSize maxSize) {
            this.maxSize = maxSize;
        }
    }

    /** Notifications between nodes. */
    public static class Notify {

        /**
         * Whether nodes tell each other of tasks by LISTEN and NOTIFY, where the database is PostgreSQL.
         */
        private boolean enabled = true;

        public boolean isEnabled() {
            return this.enabled;
        }

        public void setEnabled(boolean enabled) {
            this.enabled = enabled;
        }
    }

    /** When the health says that too many tasks have failed. */
    public static class Health {

        /**
         * Most failed tasks that a queue may have, as long as they are kept; with more the health is no longer up, -1
         * for no limit.
         */
        private int maxFailed = FailureLimits.DEFAULT.maxFailed();

        /**
         * What the health is when a queue has more failed tasks.
         */
        private Severity status = FailureLimits.DEFAULT.status();

        /**
         * Queues with a limit of their own, by name.
         */
        private final Map<String, QueueHealth> queues = new LinkedHashMap<>();

        public int getMaxFailed() {
            return this.maxFailed;
        }

        public void setMaxFailed(int maxFailed) {
            this.maxFailed = maxFailed;
        }

        public Severity getStatus() {
            return this.status;
        }

        public void setStatus(Severity status) {
            this.status = status;
        }

        public Map<String, QueueHealth> getQueues() {
            return this.queues;
        }
    }

    /** The health of one queue. */
    public static class QueueHealth {

        /**
         * Most failed tasks that this queue may have, -1 for no limit. Defaults to 'tasklane.health.max-failed'.
         */
        private @Nullable Integer maxFailed;

        public @Nullable Integer getMaxFailed() {
            return this.maxFailed;
        }

        public void setMaxFailed(@Nullable Integer maxFailed) {
            this.maxFailed = maxFailed;
        }
    }
}
