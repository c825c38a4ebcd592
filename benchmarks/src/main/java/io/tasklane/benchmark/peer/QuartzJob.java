package io.tasklane.benchmark.peer;

import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** Runs a task in Quartz; the trigger carries its number. */
public record QuartzJob(TaskBody body) implements Job {

    static final String TASK = "task";

    @Override
    public void execute(JobExecutionContext context) {
        this.body.run(Integer.parseInt(context.getTrigger().getJobDataMap().getString(TASK)));
    }
}
