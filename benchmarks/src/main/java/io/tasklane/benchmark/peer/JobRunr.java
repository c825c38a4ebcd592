package io.tasklane.benchmark.peer;

import com.zaxxer.hikari.HikariDataSource;
import io.tasklane.benchmark.database.Database;
import java.time.Duration;
import java.util.stream.IntStream;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.StorageProviderUtils.DatabaseOptions;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.JsonMapper;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;
import org.jspecify.annotations.Nullable;

/** JobRunr, the open source edition, by its {@code JobRequest} interface, which needs no analysis of lambdas. */
public final class JobRunr implements Peer {

    // The least that it allows.
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "jobrunr";
    }

    @Override
    public String settings() {
        return ("JobRunr OSS %s: `JobRequest`, workers as measured, poll interval %d s (the least it allows), Jackson 3; bulk by"
                        + " `enqueue(Stream)`; finished tasks are kept for 36 h, its default")
                .formatted(Versions.of(JobRequestScheduler.class, "jobrunr"), POLL_INTERVAL.toSeconds());
    }

    @Override
    public Role role() {
        return Role.RIVAL;
    }

    @Override
    public void createTables(Database database) {
        try (HikariDataSource pool = database.pool(2);
                StorageProvider storage = new PostgresStorageProvider(pool, DatabaseOptions.CREATE)) {
            storage.setJobMapper(new JobMapper(new Jackson3JsonMapper()));
        }
    }

    @Override
    public String unfinished() {
        return "SELECT 1 FROM jobrunr_jobs WHERE state IN ('ENQUEUED', 'PROCESSING', 'SCHEDULED')";
    }

    @Override
    public Node open(NodeSettings settings) {
        HikariDataSource pool = settings.database().pool(settings.connections());
        JsonMapper json = new Jackson3JsonMapper();
        StorageProvider storage = new PostgresStorageProvider(pool, DatabaseOptions.SKIP_CREATE);
        storage.setJobMapper(new JobMapper(json));
        BackgroundJobServer server = null;
        if (settings.consumes()) {
            server = new BackgroundJobServer(
                    storage,
                    json,
                    new Activator(settings.body()),
                    BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                            .andPollInterval(POLL_INTERVAL)
                            .andWorkerCount(settings.concurrency()));
        }
        return new ServerNode(new JobRequestScheduler(storage), server, storage, pool);
    }

    /** The task. */
    public record Request(int task) implements JobRequest {

        @Override
        public Class<Handler> getJobRequestHandler() {
            return Handler.class;
        }
    }

    /** Runs the task. */
    public record Handler(TaskBody body) implements JobRequestHandler<Request> {

        @Override
        public void run(Request request) {
            this.body.run(request.task());
        }
    }

    private record Activator(TaskBody body) implements JobActivator {

        @Override
        public <T> T activateJob(Class<T> type) {
            return type.cast(new Handler(this.body));
        }
    }

    private record ServerNode(
            JobRequestScheduler scheduler,
            @Nullable BackgroundJobServer server,
            StorageProvider storage,
            HikariDataSource pool)
            implements Node {

        @Override
        public void enqueue(int task) {
            this.scheduler.enqueue(new Request(task));
        }

        @Override
        public void enqueueAll(int from, int to) {
            this.scheduler.enqueue(IntStream.range(from, to).mapToObj(Request::new));
        }

        @Override
        public void start() {
            if (this.server != null) {
                this.server.start();
            }
        }

        @Override
        public void close() {
            this.scheduler.shutdown();
            if (this.server != null) {
                this.server.stop();
            }
            this.storage.close();
            this.pool.close();
        }
    }
}
