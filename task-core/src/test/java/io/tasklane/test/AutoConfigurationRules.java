package io.tasklane.test;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/**
 * Rules of every module with auto-configurations, to be taken in by {@code ArchTests.in(AutoConfigurationRules.class)}. Types of
 * Spring Boot go by their names, because this module does without it.
 */
public final class AutoConfigurationRules {

    private static final String AUTO_CONFIGURATION = "org.springframework.boot.autoconfigure.AutoConfiguration";

    private static final String BEAN = "org.springframework.context.annotation.Bean";

    private AutoConfigurationRules() {}

    @ArchTest
    static final ArchRule packagesAreNullMarked = classes()
            .should(be(describe(
                    "in a @NullMarked package",
                    (JavaClass type) -> type.getPackage().isAnnotatedWith(NullMarked.class))));

    @ArchTest
    static final ArchRule r9_autoConfigurationsArePublicAndFinal = classes()
            .that()
            .areAnnotatedWith(AUTO_CONFIGURATION)
            .should()
            .bePublic()
            .andShould()
            .haveModifier(JavaModifier.FINAL)
            .andShould()
            .resideInAPackage("..autoconfigure");

    @ArchTest
    static final ArchRule r9_autoConfigurationsHaveNoPublicMethods = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(AUTO_CONFIGURATION)
            .should()
            .bePublic();

    @ArchTest
    static final ArchRule r9_beanMethodsHaveNoConditionOnAClass = noMethods()
            .that()
            .areAnnotatedWith(BEAN)
            .should()
            .beAnnotatedWith("org.springframework.boot.autoconfigure.condition.ConditionalOnClass");

    @ArchTest
    static final ArchRule r9_conditionsAreNotPublic = noClasses()
            .that()
            .areAssignableTo("org.springframework.context.annotation.Condition")
            .should()
            .bePublic()
            .allowEmptyShould(true);
}
