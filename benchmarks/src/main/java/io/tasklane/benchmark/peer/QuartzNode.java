package io.tasklane.benchmark.peer;

import com.zaxxer.hikari.HikariDataSource;
import io.tasklane.benchmark.database.Database;
import java.sql.SQLException;
import java.util.Date;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.quartz.JobDetail;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;

/** A scheduler of Quartz. */
final class QuartzNode implements Node {

    private final Database database;

    private final Scheduler scheduler;

    private final JobDetail job;

    private final HikariDataSource pool;

    QuartzNode(Database database, Scheduler scheduler, JobDetail job, HikariDataSource pool) {
        this.database = database;
        this.scheduler = scheduler;
        this.job = job;
        this.pool = pool;
    }

    void createJob() throws SchedulerException {
        this.scheduler.addJob(this.job, true);
    }

    @Override
    public void enqueue(int task) throws SchedulerException {
        this.scheduler.scheduleJob(trigger(task));
    }

    @Override
    public void enqueueAll(int from, int to) throws SchedulerException {
        Set<Trigger> triggers = new HashSet<>();
        for (int task = from; task < to; task++) {
            triggers.add(trigger(task));
        }
        this.scheduler.scheduleJobs(Map.of(this.job, triggers), true);
    }

    /** Copies one trigger, which the scheduler has written itself. */
    @Override
    public void fill(int from, int to) throws SchedulerException, SQLException {
        enqueue(from);
        String others = "generate_series(%d, %d) n".formatted(from + 1, to - 1);
        String triggers = """
                INSERT INTO qrtz_triggers SELECT sched_name, n::text, trigger_group, job_name, job_group, description,
                    next_fire_time, prev_fire_time, priority, trigger_state, trigger_type, start_time, end_time,
                    calendar_name, misfire_instr, convert_to('%s=' || n || E'\\n', 'UTF8')
                FROM qrtz_triggers, %s WHERE trigger_name = '%d'""".formatted(QuartzJob.TASK, others, from);
        String simpleTriggers = """
                INSERT INTO qrtz_simple_triggers SELECT sched_name, n::text, trigger_group, repeat_count,
                    repeat_interval, times_triggered
                FROM qrtz_simple_triggers, %s WHERE trigger_name = '%d'""".formatted(others, from);
        // Without statistics the foreign key of each simple trigger would be looked up in the whole table.
        this.database.execute(triggers, "ANALYZE qrtz_triggers", simpleTriggers, "ANALYZE qrtz_simple_triggers");
    }

    private Trigger trigger(int task) {
        return TriggerBuilder.newTrigger()
                .withIdentity(Integer.toString(task))
                .forJob(this.job)
                .usingJobData(QuartzJob.TASK, Integer.toString(task))
                .startAt(new Date())
                .build();
    }

    @Override
    public void start() throws SchedulerException {
        this.scheduler.start();
    }

    @Override
    public void close() throws SchedulerException {
        this.scheduler.shutdown(true);
        this.pool.close();
    }
}
