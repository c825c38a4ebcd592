package io.tasklane.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.TaskActor;
import io.tasklane.TaskQueues;
import io.tasklane.store.AuditRecord;
import io.tasklane.store.AuditStore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

class OperatorAuditConfigurationTests {

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    AopAutoConfiguration.class,
                    TasklaneAnnotationAutoConfiguration.class,
                    TasklaneAutoConfiguration.class,
                    TasklaneJacksonAutoConfiguration.class,
                    TasklaneMemoryAutoConfiguration.class))
            .withPropertyValues(
                    "tasklane.store=memory", "tasklane.worker.enabled=false", "spring.application.name=shop");

    @AfterEach
    void logOut() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void rank25_theActorIsWhoeverIsLoggedInElseTheApplication() {
        this.context.run(context -> {
            TaskQueues queues = context.getBean(TaskQueues.class);
            queues.pause("default");
            SecurityContextHolder.getContext()
                    .setAuthentication(new TestingAuthenticationToken("ann", "secret", "OPERATOR"));
            queues.resume("default");
            SecurityContextHolder.getContext()
                    .setAuthentication(new AnonymousAuthenticationToken(
                            "key", "anonymousUser", AuthorityUtils.createAuthorityList("ANONYMOUS")));
            queues.pause("default");
            assertThat(actors(context.getBean(AuditStore.class))).containsExactly("shop", "ann", "shop");
        });
    }

    @Test
    void rank25_aBeanOfTheApplicationIsAskedFirst() {
        SecurityContextHolder.getContext()
                .setAuthentication(new TestingAuthenticationToken("ann", "secret", "OPERATOR"));
        this.context
                .withBean("silent", TaskActor.class, () -> Optional::empty)
                .withBean("badge", TaskActor.class, () -> () -> Optional.of("badge 7"))
                .run(context -> {
                    context.getBean(TaskQueues.class).pause("default");
                    assertThat(actors(context.getBean(AuditStore.class))).containsExactly("badge 7");
                });
    }

    @Test
    void rank25_withoutSpringSecurityItIsTheApplication() {
        this.context
                .withClassLoader(new FilteredClassLoader("org.springframework.security"))
                .run(context -> {
                    context.getBean(TaskQueues.class).pause("default");
                    assertThat(actors(context.getBean(AuditStore.class))).containsExactly("shop");
                });
    }

    private static List<String> actors(AuditStore audit) {
        return audit.audited(10).stream().map(AuditRecord::actor).toList();
    }
}
