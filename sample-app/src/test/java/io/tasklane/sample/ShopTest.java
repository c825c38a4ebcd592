package io.tasklane.sample;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** A test of the running shop, on a database of its own in memory, with work that takes no time. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestPropertySource(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:${random.uuid};DB_CLOSE_DELAY=-1",
            "spring.datasource.hikari.minimum-idle=2",
            "spring.test.metrics.export=true",
            "shop.simulated.short-work=0s",
            "shop.simulated.long-work=0s",
            "shop.review-delay=1h"
        })
@Import(Shop.class)
@interface ShopTest {}
