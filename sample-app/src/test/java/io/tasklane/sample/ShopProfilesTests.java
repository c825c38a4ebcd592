package io.tasklane.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.sample.activity.Activity;
import io.tasklane.sample.activity.ActivityLog;
import io.tasklane.sample.order.OrderService;
import io.tasklane.sample.order.PlaceOrder;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The shop on each database that it has a profile for. */
class ShopProfilesTests {

    @ParameterizedTest
    @EnumSource(
            value = TestDatabaseProduct.class,
            names = {"POSTGRESQL", "MARIADB"})
    void orderIsDone(TestDatabaseProduct product) {
        try (TestDatabase database = TestDatabase.create(product);
                ConfigurableApplicationContext context = start(product, database)) {
            context.getBean(OrderService.class).place(new PlaceOrder(1, "Lamp", new BigDecimal("12.50")));

            ActivityLog activity = context.getBean(ActivityLog.class);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(activity.all())
                            .extracting(Activity::getTask)
                            .containsExactlyInAnyOrder(
                                    "OrderTasks.sendOtp",
                                    "OrderTasks.sendEmail",
                                    "OrderTasks.generateReport",
                                    "LoyaltyPoints.add"));
        }
    }

    private static ConfigurableApplicationContext start(TestDatabaseProduct product, TestDatabase database) {
        return new SpringApplicationBuilder(SampleApplication.class)
                .profiles(product.name().toLowerCase(Locale.ROOT))
                .run(
                        "--server.port=0",
                        "--spring.datasource.url=" + database.url(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password(),
                        "--shop.review-delay=1h");
    }
}
