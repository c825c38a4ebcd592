package io.tasklane.autoconfigure.process;

import io.tasklane.Task;
import io.tasklane.TaskId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A web application with tasks that take as long as they are told to. */
final class WebProgram {

    /** What it prints, with the port, when it can be asked. */
    static final String PORT = "PORT ";

    /** What it prints, with the id, when the body of a task begins. */
    static final String STARTED = "STARTED ";

    /** What it prints when the body of a task is interrupted. */
    static final String INTERRUPTED = "INTERRUPTED";

    private WebProgram() {}

    public static void main(String[] arguments) {
        SpringApplication.run(Application.class, arguments);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Jobs.class, Control.class})
    static class Application {

        @EventListener
        void listening(WebServerInitializedEvent event) {
            System.out.println(PORT + event.getWebServer().getPort());
        }
    }

    /** The tasks. */
    static class Jobs {

        private final CountDownLatch released = new CountDownLatch(1);

        void release() {
            this.released.countDown();
        }

        @Task
        public void hold(io.tasklane.TaskContext context) throws InterruptedException {
            started(context.id());
            try {
                this.released.await();
            } catch (InterruptedException ex) {
                System.out.println(INTERRUPTED);
                throw ex;
            }
        }

        @Task
        public void ignoreInterrupts(io.tasklane.TaskContext context) {
            started(context.id());
            while (this.released.getCount() > 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                if (Thread.interrupted()) {
                    System.out.println(INTERRUPTED);
                }
            }
        }

        @Task
        public void exit(io.tasklane.TaskContext context) {
            started(context.id());
            System.exit(3);
        }

        private static void started(TaskId id) {
            System.out.println(STARTED + id);
        }
    }

    /** What a test asks of it. */
    @RestController
    static class Control {

        private final Jobs jobs;

        private final ApplicationContext context;

        Control(Jobs jobs, ApplicationContext context) {
            this.jobs = jobs;
            this.context = context;
        }

        @GetMapping("/hold")
        void hold() throws InterruptedException {
            this.jobs.hold(null);
        }

        @GetMapping("/ignore-interrupts")
        void ignoreInterrupts() {
            this.jobs.ignoreInterrupts(null);
        }

        @GetMapping("/exit")
        void exit() {
            this.jobs.exit(null);
        }

        @GetMapping("/release")
        void release() {
            this.jobs.release();
        }

        /** A request that takes a while. */
        @GetMapping("/slow")
        String slow() throws InterruptedException {
            System.out.println("SLOW");
            TimeUnit.SECONDS.sleep(2);
            return "slow";
        }

        /** Ends the application as it ends by itself. */
        @GetMapping("/stop")
        void stop() {
            Thread thread = new Thread(() -> System.exit(SpringApplication.exit(this.context)));
            thread.start();
        }
    }
}
