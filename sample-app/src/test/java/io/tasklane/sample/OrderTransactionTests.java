package io.tasklane.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tasklane.TaskQueues;
import io.tasklane.sample.order.OrderRepository;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.client.HttpClientErrorException;

/** Order and tasks are one transaction. No worker runs, so that what was enqueued can be counted. */
@ShopTest
@TestPropertySource(properties = "tasklane.worker.auto-startup=false")
class OrderTransactionTests {

    @Autowired
    Shop shop;

    @Autowired
    TaskQueues queues;

    @Autowired
    OrderRepository orders;

    @Autowired
    JdbcClient jdbc;

    @Test
    void orderIsStoredWithAllItsTasks() {
        long before = this.orders.count();

        this.shop.post("/api/orders?item=Lamp&amount=12.50");

        assertThat(this.orders.count()).isEqualTo(before + 1);
        assertThat(stored("OrderTasks.sendOtp")).isEqualTo(1);
        assertThat(stored("OrderTasks.sendEmail")).isEqualTo(1);
        assertThat(stored("OrderTasks.generateReport")).isEqualTo(1);
        assertThat(stored("LoyaltyPoints.add")).as("by the event").isEqualTo(1);
        assertThat(stored("ReviewInvitations.invite")).as("delayed").isEqualTo(1);
        assertThat(this.queues.depths())
                .as("neither the delayed one nor the one that takes its turn is queued yet")
                .containsEntry("default", 0L);
    }

    @Test
    void failingOrderLeavesNothing() {
        long ordersBefore = this.orders.count();
        long tasksBefore = allTasks();
        Map<String, Long> depthsBefore = this.queues.depths();

        assertThatExceptionOfType(HttpClientErrorException.Conflict.class)
                .isThrownBy(() -> this.shop.post("/api/orders/failing"))
                .withMessageContaining("no order, no tasks");

        assertThat(this.orders.count()).isEqualTo(ordersBefore);
        assertThat(allTasks()).isEqualTo(tasksBefore);
        assertThat(this.queues.depths()).isEqualTo(depthsBefore);
    }

    private long allTasks() {
        return this.jdbc
                .sql("select count(*) from tasklane_tasks")
                .query(Long.class)
                .single();
    }

    private long stored(String task) {
        return this.jdbc
                .sql("select count(*) from tasklane_tasks where task = ?")
                .param(task)
                .query(Long.class)
                .single();
    }
}
