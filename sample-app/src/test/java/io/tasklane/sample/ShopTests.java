package io.tasklane.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tasklane.TaskAdmin;
import io.tasklane.TaskId;
import io.tasklane.TaskQueues;
import io.tasklane.sample.activity.Activity;
import io.tasklane.sample.order.CustomerRepository;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.client.HttpClientErrorException;

/** Each button of the page, by its HTTP call. */
@ShopTest
@TestPropertySource(properties = "tasklane.queues.email.concurrency=1")
class ShopTests {

    @Autowired
    Shop shop;

    @Autowired
    TaskQueues queues;

    @Autowired
    TaskAdmin admin;

    @Autowired
    CustomerRepository customers;

    @Test
    void pageIsServedWithItsParts() {
        assertThat(this.shop.read("/")).contains("Tasklane shop");
        assertThat(this.shop.read("/shop.js")).contains("actuator/taskqueues");
        assertThat(this.shop.read("/shop.css")).contains(".SUCCEEDED");
    }

    @Test
    void reportReturnsItsResult() {
        Object id = this.shop.post("/api/reports/2020-02").get("id");

        assertThat(this.shop.await(id, "SUCCEEDED").get("result"))
                .isEqualTo(Map.of("month", "2020-02", "orders", 0, "revenue", 0));
    }

    @Test
    void eventListenerAddsPoints() {
        int before = points(3);

        this.shop.post("/api/orders?customer=3&amount=42.90");

        Awaitility.await().until(() -> points(3), points -> points == before + 42);
    }

    @Test
    void n3_hundredPointsBringAVoucherInTheTransactionThatAddsThem() {
        int before = points(5);

        this.shop.post("/api/orders?customer=5&amount=230.00");

        int reached = (before + 230) / 100 * 100;
        Awaitility.await()
                .untilAsserted(() -> assertThat(this.shop.awaitActivities(1))
                        .extracting(Activity::getText)
                        .contains("Voucher for %d points mailed to donald@example.org".formatted(reached)));
        assertThat(points(5)).isEqualTo(before + 230);
    }

    @Test
    void paymentIsTriedAgainUntilTheBankAnswers() {
        Object id = this.shop.post("/api/payments/SLOW_BANK").get("id");

        assertThat(this.shop.await(id, "SCHEDULED").get("error"))
                .isEqualTo("ConnectException: The bank did not answer");
        this.shop.await(id, "SUCCEEDED");
        assertThat(activitiesOf(id)).extracting(Activity::getAttempt).containsExactly(1, 2, 3);
    }

    @Test
    void declinedCardIsNotTriedAgain() {
        Object id = this.shop.post("/api/payments/DECLINED").get("id");

        assertThat(this.shop.await(id, "FAILED").get("error"))
                .isEqualTo("NonRetryableTaskException: The bank declined the card");
        assertThat(activitiesOf(id)).hasSize(1);
    }

    @Test
    void x35_refundStartsOnceAndHasNoRetries() {
        Object id = this.shop.post("/api/refunds/7").get("id");

        this.shop.await(id, "SUCCEEDED");
        assertThat(activitiesOf(id))
                .extracting(Activity::getText)
                .containsExactly("Refund of order 7 sent to the bank");
        assertThat(this.admin.find(new TaskId(Long.parseLong((String) id))))
                .hasValueSatisfying(task -> assertThat(task.retries()).isZero());
    }

    @Test
    void p8_passwordResetOvertakesTheNewsletter() {
        this.queues.pause("email");
        List<Map<String, Object>> letters = this.shop.postForList("/api/newsletter?subject=Overtaken");
        assertThat(letters).as("one for each customer").hasSize(10);
        Object reset = this.shop.post("/api/password-reset?customer=2").get("id");
        assertThat(this.queues.depths()).containsEntry("email", 11L);

        this.queues.resume("email");

        letters.forEach(letter -> this.shop.await(letter.get("id"), "SUCCEEDED"));
        List<String> order = this.shop.awaitActivities(11).stream()
                .filter(activity -> activity.getTask().equals("Newsletter.send"))
                .map(Activity::getTaskId)
                .filter(id -> id.equals(reset) || letters.stream().anyMatch(letter -> id.equals(letter.get("id"))))
                .toList();
        assertThat(order).hasSize(11).first().isEqualTo(reset);
    }

    @Test
    void cancelledTaskDoesNotRunUntilItIsRetried() {
        this.queues.pause("reports");
        Object id = this.shop.postForList("/api/archive?parts=1").get(0).get("id");

        assertThat(this.shop.post("/api/tasks/" + id + "/cancel")).containsEntry("cancelled", true);

        assertThat(this.shop.task(id).get("state")).isEqualTo("CANCELLED");
        this.queues.resume("reports");
        assertThat(this.shop.post("/api/tasks/" + id + "/retry")).containsEntry("queued", true);
        this.shop.await(id, "SUCCEEDED");
        assertThat(this.shop.post("/api/tasks/" + id + "/cancel")).containsEntry("cancelled", false);
        assertThatExceptionOfType(HttpClientErrorException.Conflict.class)
                .isThrownBy(() -> this.shop.post("/api/tasks/" + id + "/retry"))
                .withMessageContaining("has succeeded");
    }

    @Test
    void taskIsEnqueuedByName() {
        Object id = this.shop
                .post("/api/tasks/by-name/Newsletter.send?queue=low", "{\"customerId\": 3, \"subject\": \"By name\"}")
                .get("id");

        this.shop.await(id, "SUCCEEDED");
        assertThat(activitiesOf(id)).singleElement().satisfies(activity -> {
            assertThat(activity.getQueue()).isEqualTo("low");
            assertThat(activity.getText()).isEqualTo("'By name' mailed to edsger@example.org");
        });
    }

    @Test
    void unknownQueueIsNamed() {
        assertThatExceptionOfType(HttpClientErrorException.NotFound.class)
                .isThrownBy(() -> this.shop.post("/api/tasks/by-name/Newsletter.send?queue=emial", "{}"))
                .withMessageContaining("There is no queue 'emial'");
    }

    @Test
    void queueIsPausedAndResumedByCall() {
        this.shop.post("/api/queues/webhooks/pause");
        Object id = this.shop.post("/api/webhooks/order-paid").get("id");
        assertThat(this.shop.read("/actuator/taskqueues")).contains("\"webhooks\":{\"state\":\"PAUSED\"");
        assertThat(this.shop.task(id).get("state")).isEqualTo("QUEUED");

        this.shop.post("/api/queues/webhooks/resume");

        this.shop.await(id, "SUCCEEDED");
        assertThat(this.shop.post("/api/queues/webhooks/requeue-failed"))
                .as("none has failed")
                .containsEntry("requeued", 0);
    }

    private int points(long customerId) {
        return this.customers.findById(customerId).orElseThrow().getPoints();
    }

    private List<Activity> activitiesOf(Object taskId) {
        return this.shop.awaitActivities(1).stream()
                .filter(activity -> activity.getTaskId().equals(taskId))
                .toList();
    }
}
