package io.tasklane.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import io.tasklane.Task;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The dependencies that keep the parts of Tasklane replaceable. */
@AnalyzeClasses(packages = "io.tasklane", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

    private static final String ROOT = "io.tasklane";

    private static final Set<Class<?>> PINNING_A_CLASS_LOADER =
            Set.of(Class.class, ClassLoader.class, Constructor.class, Executable.class, Method.class);

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesAreNullMarked =
            classes().should(be(describe("in a @NullMarked package", ArchitectureTests::isNullMarked)));

    @ArchTest
    static final ArchRule theApiDependsOnNothingOfOurs = noClasses()
            .that()
            .resideInAPackage(ROOT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".*..");

    /** What the host wires; only then can each of them be replaced. */
    @ArchTest
    static final ArchRule nobodyDependsOnAnImplementation = CompositeArchRule.of(
            Stream.of("annotation", "admin", "client", "worker", "store.jdbc", "store.memory", "store.orm")
                    .map(ArchitectureTests::isUsedOnlyByItself)
                    .toList());

    @ArchTest
    static final ArchRule handlersDependOnTheApiOnly = noClasses()
            .that()
            .resideInAPackage(ROOT + ".handler..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".client..", ROOT + ".serializer..", ROOT + ".store..", ROOT + ".observation..");

    @ArchTest
    static final ArchRule onlyJdbcKnowsJdbc = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".store.jdbc..", ROOT + ".store.schema..", ROOT + ".store.orm..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..", "org.flywaydb..");

    /** An application on another database, or with another driver, does not have it. */
    @ArchTest
    static final ArchRule onlyOneClassKnowsTheDriverOfPostgresql = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ROOT + ".store.jdbc.PostgreSqlListening")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.postgresql..");

    @ArchTest
    static final ArchRule onlyTheReadingSideKnowsHibernate = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".store.orm..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.hibernate..", "org.springframework.data..");

    // The insert path must recognise a JPA transaction of the host that is on another database.
    @ArchTest
    static final ArchRule onlyTheReadingSideAndTheSearchForOtherTransactionsKnowJpa = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".store.orm..")
            .and()
            .haveNameNotMatching(".*\\.store\\.jdbc\\.OtherTransactions(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.persistence..", "org.springframework.orm..");

    @ArchTest
    static final ArchRule onlyItsSerializerKnowsJackson = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".serializer.jackson..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule onlyOneClassKnowsHowPatternsAreMatched = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ROOT + ".NamePattern")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.re2j..");

    @ArchTest
    static final ArchRule onlyAnnotationsKnowProxies = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".annotation..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.aop..", "org.aopalliance..");

    @ArchTest
    static final ArchRule nothingKnowsSpringBoot =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework.boot..");

    @ArchTest
    static final ArchRule onlyTheAnnotationPackageReadsTask = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, ROOT + ".annotation..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Task.class);

    /** A shutdown hook is a thread too, but runs at the end of the JVM only. */
    @ArchTest
    static final ArchRule onlyWorkersCreateThreads = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".worker..")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + ".store.schema.InterruptAtExit")
            .should()
            .callConstructorWhere(target(owner(assignableTo(Thread.class))))
            .orShould()
            .callConstructorWhere(target(owner(assignableTo(ExecutorService.class))))
            .orShould()
            .callMethodWhere(target(owner(assignableTo(Executors.class))))
            .orShould()
            .callMethodWhere(target(owner(assignableTo(Thread.class)))
                    .and(target(nameMatching("ofVirtual|ofPlatform|startVirtualThread"))))
            .orShould()
            .callMethodWhere(target(owner(assignableTo(ForkJoinPool.class))).and(target(nameMatching("commonPool"))));

    /** Time comes from an {@code InstantSource} or an argument, so that a test can set it. */
    @ArchTest
    static final ArchRule nobodyAsksTheSystemForTheTime = noClasses()
            .should()
            .callMethodWhere(target(owner(are(describe(
                            "in java.time",
                            (JavaClass type) -> type.getPackageName().equals("java.time")))))
                    .and(target(nameMatching("now"))))
            .orShould()
            .callMethodWhere(target(owner(assignableTo(Clock.class))).and(target(nameMatching("system.*|tick.*"))))
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethodWhere(target(owner(assignableTo(Thread.class))).and(target(nameMatching("sleep"))));

    /** Development tools and test contexts throw class loaders away; a static field would hold on to them. */
    @ArchTest
    static final ArchRule noStaticFieldHoldsAClass = noFields()
            .that()
            .areStatic()
            .should(be(describe("holding a Class, Method or ClassLoader", ArchitectureTests::holdsAClass)))
            .allowEmptyShould(true);

    /** Configuration is resolved once, by the starter. Annotations may hold placeholders. */
    @ArchTest
    static final ArchRule nobodyReadsTheEnvironment = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".annotation..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework.core.env..");

    private static ArchRule isUsedOnlyByItself(String name) {
        String wanted = ROOT + "." + name + "..";
        return noClasses()
                .that()
                .resideOutsideOfPackage(wanted)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(wanted);
    }

    private static boolean isNullMarked(JavaClass type) {
        return type.getPackage().isAnnotatedWith(NullMarked.class);
    }

    private static boolean holdsAClass(JavaField field) {
        return field.getType().getAllInvolvedRawTypes().stream()
                .anyMatch(type -> PINNING_A_CLASS_LOADER.stream().anyMatch(type::isEquivalentTo));
    }
}
