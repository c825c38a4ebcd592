package io.tasklane.benchmark.chaos.worker;

import java.io.IOException;
import java.io.PrintStream;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** A worker process: an application that runs tasks until it is told to stop, or is killed. */
public final class WorkerMain {

    /** What it prints once it runs, before the time of its clock in milliseconds. */
    public static final String READY = "READY ";

    private WorkerMain() {}

    /** Starts the application with the given arguments. It does not outlive the process that started it. */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        // Whatever a library prints is no answer.
        System.setOut(System.err);
        new SpringApplicationBuilder(ChaosApplication.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .run(arguments);
        answers.println(READY + System.currentTimeMillis());
        while (System.in.read() >= 0) {
            // Only its end is waited for.
        }
        Runtime.getRuntime().halt(1);
    }
}
