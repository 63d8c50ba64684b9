package dev.centime.kit.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The rules that every service keeps. A service runs them by a test class that extends this one with its root package:
 *
 * <pre>{@code
 * class BudgetHouseRulesTest extends HouseRules {
 *     BudgetHouseRulesTest() {
 *         super("dev.centime.budget");
 *     }
 * }
 * }</pre>
 */
public abstract class HouseRules {
    private static final List<String> SERVICES = List.of(
            "dev.centime.ingest",
            "dev.centime.budget",
            "dev.centime.forecast",
            "dev.centime.recommendation",
            "dev.centime.gateway",
            "dev.centime.cli");

    /** Arithmetic and the two halves of a decision: they run in a test with nothing but their arguments. */
    private static final String[] FRAMEWORKS = {
        "io.quarkus..",
        "io.vertx..",
        "io.smallrye..",
        "jakarta..",
        "org.axonframework..",
        "org.eclipse.microprofile..",
        "org.jboss..",
        "java.sql..",
        "org.hibernate.."
    };

    private static final Pattern EMPTY_WORDS =
            Pattern.compile("(^|[.$])([A-Za-z]*)(Util|Utils|Helper|Helpers|Impl|Dto|DTO|Manager|Common)($|[.$])");
    private static final Pattern EMPTY_FOLDERS =
            Pattern.compile("(^|\\.)(util|utils|common|helper|helpers|impl|dto|dtos|manager|managers)(\\.|$)");

    private final String root;

    protected HouseRules(String rootPackage) {
        this.root = rootPackage;
    }

    @TestFactory
    Stream<DynamicTest> keeps() {
        var classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(root);
        if (classes.isEmpty()) {
            throw new IllegalStateException("no class below " + root);
        }
        return rules().map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> check(rule, classes)));
    }

    private static void check(ArchRule rule, JavaClasses classes) {
        rule.allowEmptyShould(true).check(classes);
    }

    private Stream<ArchRule> rules() {
        return Stream.of(
                siblings("command"),
                siblings("view"),
                siblings("accept"),
                noClasses()
                        .that()
                        .resideInAPackage(root + ".view..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(root + ".command..")
                        .as("a view never imports a command"),
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(otherServices())
                        .as("a service never depends on another"),
                noClasses()
                        .that()
                        .resideInAnyPackage(root + ".method..", root + ".policy..", root + ".price..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(FRAMEWORKS)
                        .as("pure arithmetic imports no framework"),
                noClasses()
                        .that()
                        .resideInAPackage(root + ".event..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(FRAMEWORKS)
                        .as("events import no framework"),
                ArchRuleDefinition.classes().should(bearTellingNames()).as("names are the business's, not patterns'"));
    }

    private ArchRule siblings(String room) {
        return slices().matching(root + "." + room + ".(*)..")
                .should()
                .notDependOnEachOther()
                .as("a slice of " + room + " never imports a sibling");
    }

    private String[] otherServices() {
        return SERVICES.stream()
                .filter(service -> !service.equals(root))
                .map(service -> service + "..")
                .toArray(String[]::new);
    }

    private static ArchCondition<JavaClass> bearTellingNames() {
        return new ArchCondition<>("bear telling names") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (EMPTY_WORDS.matcher(type.getName()).find()
                        || EMPTY_FOLDERS.matcher(type.getPackageName()).find()) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " is named after a pattern"));
                }
            }
        };
    }
}
