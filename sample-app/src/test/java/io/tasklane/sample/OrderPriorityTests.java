package io.tasklane.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.TaskQueues;
import io.tasklane.sample.activity.Activity;
import io.tasklane.worker.WorkerContainerRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** One slot for three queues: the urgent ones first, whatever came first. */
@ShopTest
@TestPropertySource(
        properties = {"tasklane.worker.auto-startup=false", "tasklane.worker.containers.orders.concurrency=1"})
class OrderPriorityTests {

    @Autowired
    Shop shop;

    @Autowired
    TaskQueues queues;

    @Autowired
    WorkerContainerRegistry workers;

    @Test
    void p15_passwordFirstThenEmailThenReport() {
        for (int order = 0; order < 3; order++) {
            this.shop.post("/api/orders");
        }
        assertThat(this.queues.depths())
                .as("paused start: everything waits")
                .containsEntry("high", 3L)
                .containsEntry("medium", 3L)
                .containsEntry("low", 3L);

        this.workers.start();

        List<String> order = this.shop.awaitActivities(12).stream()
                .filter(activity -> !activity.getQueue().equals("default"))
                .map(Activity::getTask)
                .toList();
        assertThat(order)
                .containsExactly(
                        "OrderTasks.sendOtp",
                        "OrderTasks.sendOtp",
                        "OrderTasks.sendOtp",
                        "OrderTasks.sendEmail",
                        "OrderTasks.sendEmail",
                        "OrderTasks.sendEmail",
                        "OrderTasks.generateReport",
                        "OrderTasks.generateReport",
                        "OrderTasks.generateReport");
    }
}
