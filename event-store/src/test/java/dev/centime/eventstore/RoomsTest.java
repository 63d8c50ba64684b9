package dev.centime.eventstore;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Three rooms: axon and projection stand on log, neither knows the other, and none knows what the events mean. */
@AnalyzeClasses(packages = "dev.centime.eventstore", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
    @ArchTest
    static final ArchRule LOG_STANDS_ALONE = noClasses()
            .that()
            .resideInAPackage("dev.centime.eventstore.log..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.centime.eventstore.axon..", "dev.centime.eventstore.projection..", "org.axonframework..");

    @ArchTest
    static final ArchRule PROJECTION_KNOWS_NO_AXON = noClasses()
            .that()
            .resideInAPackage("dev.centime.eventstore.projection..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.centime.eventstore.axon..", "org.axonframework..");

    @ArchTest
    static final ArchRule AXON_KNOWS_NO_PROJECTION = noClasses()
            .that()
            .resideInAPackage("dev.centime.eventstore.axon..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.centime.eventstore.projection..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule NONE_KNOWS_THE_DOMAIN = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.centime.contracts..", "dev.centime.kit..", "io.quarkus..");
}
