package io.tasklane.actuate;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.tasklane.test.AutoConfigurationRules;
import io.tasklane.worker.NotificationHealth;
import io.tasklane.worker.WorkerContainerInfo;
import io.tasklane.worker.WorkerContainerSettings;
import io.tasklane.worker.WorkerContainers;
import io.tasklane.worker.WorkerHealth;
import io.tasklane.worker.WorkerQueueSettings;
import io.tasklane.worker.WorkerSettings;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.Bean;

/** What keeps this module inactive without Actuator, and its parts replaceable. */
@AnalyzeClasses(packages = "io.tasklane.actuate", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchTests autoConfigurations = ArchTests.in(AutoConfigurationRules.class);

    private static final String ROOT = "io.tasklane.actuate";

    /** What a worker shows of itself; everything else of it is its own business. */
    private static final Set<String> SHOWN_BY_WORKERS = Set.of(
            WorkerContainers.class.getName(),
            WorkerContainerInfo.class.getName(),
            WorkerContainerInfo.State.class.getName(),
            WorkerHealth.class.getName(),
            NotificationHealth.class.getName(),
            NotificationHealth.State.class.getName(),
            WorkerSettings.class.getName(),
            WorkerQueueSettings.class.getName(),
            WorkerContainerSettings.class.getName(),
            "io.tasklane.worker.QueueOrder",
            "io.tasklane.worker.WorkerThreads");

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule r9_beanMethodsAreInAutoConfigurations = methods()
            .that()
            .areAnnotatedWith(Bean.class)
            .should()
            .beDeclaredInClassesThat()
            .areAnnotatedWith(AutoConfiguration.class);

    @ArchTest
    static final ArchRule r10_nobodyReachesBehindTheContracts = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tasklane.autoconfigure..",
                    "io.tasklane.annotation..",
                    "io.tasklane.client..",
                    "io.tasklane.store.jdbc..",
                    "io.tasklane.store.memory..",
                    "io.tasklane.store.orm..",
                    "io.tasklane.store.schema..",
                    "java.sql..",
                    "javax.sql..");

    @ArchTest
    static final ArchRule r10_ofWorkersOnlyWhatTheyShowIsUsed = noClasses()
            .should()
            .dependOnClassesThat(describe(
                    "parts of a worker",
                    (JavaClass type) -> type.getPackageName().startsWith("io.tasklane.worker")
                            && !SHOWN_BY_WORKERS.contains(type.getName())));

    /** Each part must load without what only the others need. */
    @ArchTest
    static final ArchRule onlyMetricsKnowsMeters = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".metrics")
            .and(describe(
                    "not its auto-configuration",
                    (JavaClass type) -> !type.getSimpleName().equals("TasklaneMetricsAutoConfiguration")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..");

    @ArchTest
    static final ArchRule onlyHealthKnowsHealth = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".health")
            .and(describe(
                    "not its auto-configuration",
                    (JavaClass type) -> !type.getSimpleName().equals("TasklaneHealthAutoConfiguration")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework.boot.health..");

    @ArchTest
    static final ArchRule nobodyAsksTheSystemForTheTime = noClasses()
            .should()
            .callMethodWhere(target(owner(describe(
                            "in java.time",
                            (JavaClass type) -> type.getPackageName().equals("java.time"))))
                    .and(target(nameMatching("now"))))
            .orShould()
            .callMethodWhere(target(owner(assignableTo(Clock.class))).and(target(nameMatching("system.*|tick.*"))))
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethodWhere(target(owner(assignableTo(Thread.class))).and(target(nameMatching("sleep"))));

    @ArchTest
    static final ArchRule threadsAreMadeByOneClassThatEndsThem = noClasses()
            .that()
            .doNotHaveSimpleName("ReadingThreads")
            .should()
            .callConstructorWhere(target(owner(assignableTo(Thread.class))))
            .orShould()
            .callConstructorWhere(target(owner(assignableTo(ExecutorService.class))))
            .orShould()
            .callConstructorWhere(target(owner(assignableTo("org.springframework.core.task.TaskExecutor"))))
            .orShould()
            .callMethodWhere(target(owner(assignableTo(Executors.class))));

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
}
