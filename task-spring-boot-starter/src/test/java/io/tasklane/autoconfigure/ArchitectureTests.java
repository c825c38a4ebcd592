package io.tasklane.autoconfigure;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.tasklane.test.AutoConfigurationRules;
import jakarta.persistence.EntityManagerFactory;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.transaction.TransactionManager;
import tools.jackson.databind.ObjectMapper;

/** What keeps the auto-configuration from getting into a host's way. */
@AnalyzeClasses(packages = "io.tasklane.autoconfigure", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchTests autoConfigurations = ArchTests.in(AutoConfigurationRules.class);

    private static final String PACKAGE = "io.tasklane.autoconfigure";

    /** Boot, or the host, looks for one bean of such a type: another one of ours would switch theirs off. */
    private static final List<Class<?>> THE_HOSTS = List.of(
            Executor.class,
            TaskScheduler.class,
            Clock.class,
            DataSource.class,
            TransactionManager.class,
            EntityManagerFactory.class,
            Flyway.class,
            ObjectMapper.class);

    private static final Set<String> HARMLESS_PARAMETERS =
            Set.of(ObjectProvider.class.getName(), Environment.class.getName());

    /** So that a later split into two modules is a move of files. */
    @ArchTest
    static final ArchRule everythingIsInOnePackage = classes().should().resideInAPackage(PACKAGE);

    @ArchTest
    static final ArchRule r9_beanMethodsAreInConfigurations = methods()
            .that()
            .areAnnotatedWith(Bean.class)
            .should()
            .beDeclaredInClassesThat()
            .areMetaAnnotatedWith(Configuration.class)
            .orShould()
            .beDeclaredInClassesThat()
            .areAnnotatedWith(Configuration.class);

    /** Whatever such a method touches comes to life before other post-processors see it. */
    @ArchTest
    static final ArchRule r9_postProcessorsAreStaticAndNeedNothing = methods()
            .that()
            .areAnnotatedWith(Bean.class)
            .and(describe("create a post-processor", ArchitectureTests::isPostProcessor))
            .should()
            .beStatic()
            .andShould(be(describe("free of collaborators", ArchitectureTests::hasHarmlessParameters)));

    @ArchTest
    static final ArchRule noBeanTakesThePlaceOfOneOfTheHost = noMethods()
            .that()
            .areAnnotatedWith(Bean.class)
            .should(be(describe("of a type that is the host's", ArchitectureTests::isTheHosts)));

    /** They are read and checked once, into immutable settings. */
    @ArchTest
    static final ArchRule autoConfigurationsReadSettingsAndNoProperties = noClasses()
            .that()
            .haveNameMatching(".*AutoConfiguration(\\$.*)?")
            .should()
            .dependOnClassesThat(describe(
                    "properties", (JavaClass type) -> type.getName().startsWith(PACKAGE + ".TasklaneProperties")));

    @ArchTest
    static final ArchRule nobodyCreatesThreads = noClasses()
            .should()
            .callConstructorWhere(target(owner(assignableTo(Thread.class))))
            .orShould()
            .callConstructorWhere(target(owner(assignableTo(ExecutorService.class))))
            .orShould()
            .callMethodWhere(target(owner(assignableTo(Executors.class))));

    @ArchTest
    static final ArchRule nobodyAsksTheSystemForTheTime = noClasses()
            .should()
            .callMethodWhere(target(owner(describe(
                            "in java.time",
                            (JavaClass type) -> type.getPackageName().equals("java.time"))))
                    .and(target(nameMatching("now"))))
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethodWhere(target(owner(assignableTo(Thread.class))).and(target(nameMatching("sleep"))));

    @ArchTest
    static void everyAutoConfigurationIsListed(JavaClasses classes) {
        List<String> listed =
                ImportCandidates.load(AutoConfiguration.class, null).getCandidates();

        assertThat(classes.stream()
                        .filter(type -> type.isAnnotatedWith(AutoConfiguration.class))
                        .map(JavaClass::getName))
                .isNotEmpty()
                .isSubsetOf(listed);
    }

    private static boolean isPostProcessor(JavaMethod method) {
        return method.getRawReturnType().isAssignableTo(BeanPostProcessor.class)
                || method.getRawReturnType().isAssignableTo(ConfigurationPropertiesBindHandlerAdvisor.class);
    }

    private static boolean hasHarmlessParameters(JavaMethod method) {
        return method.getRawParameterTypes().stream().allMatch(type -> HARMLESS_PARAMETERS.contains(type.getName()));
    }

    private static boolean isTheHosts(JavaMethod method) {
        return THE_HOSTS.stream().anyMatch(type -> method.getRawReturnType().isAssignableTo(type));
    }
}
