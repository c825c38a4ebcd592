package io.tasklane.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

/** What a build does ahead of time, where there is no database. */
class AheadOfTimeTests {

    @Test
    void anApplicationIsProcessedWithoutADatabase() {
        DefaultGenerationContext generated = new DefaultGenerationContext(
                new ClassNameGenerator(ClassName.get("io.tasklane.generated", "Application")),
                new InMemoryGeneratedFiles());
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            TestPropertyValues.of("spring.datasource.url=jdbc:postgresql://localhost:1/nothing")
                    .applyTo(context);
            context.register(Application.class, Shop.class);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generated);
        }
        generated.writeGeneratedContent();

        assertThat(generated.getRuntimeHints()).satisfies(hints -> {
            assertThat(RuntimeHintsPredicates.resource().forResource("db/tasklane/postgresql/V1__Tasks.sql"))
                    .accepts(hints);
            assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Shop.class, "welcome"))
                    .accepts(hints);
        });
    }

    @ImportAutoConfiguration({
        AopAutoConfiguration.class,
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        TasklaneAnnotationAutoConfiguration.class,
        TasklaneAutoConfiguration.class,
        TasklaneJacksonAutoConfiguration.class,
        TasklaneJdbcAutoConfiguration.class,
        TasklaneOrmAutoConfiguration.class,
        TasklaneWorkerAutoConfiguration.class
    })
    static class Application {}
}
