package io.dcssync;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Imports point one way: cli to everything; source, ledger, alert, simulator and http to config and outbound only. */
class ArchitectureTest {

    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.dcssync");

    @Test
    void config_imports_no_other_package() {
        importsOnly("config");
    }

    @Test
    void outbound_imports_config_only() {
        importsOnly("outbound", "config");
    }

    @Test
    void listapi_imports_no_other_package() {
        importsOnly("listapi");
    }

    @Test
    void metrics_imports_settings_only() {
        importsOnly("metrics", "config");
    }

    @Test
    void traces_imports_settings_only() {
        importsOnly("traces", "config");
    }

    @Test
    void opentelemetry_is_used_by_traces_only_so_that_it_is_not_loaded_where_there_are_none() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.dcssync.traces..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.opentelemetry..")
                .check(PROGRAM);
    }

    @Test
    void demo_imports_no_other_package() {
        importsOnly("demo");
    }

    @Test
    void doctor_imports_no_other_package() {
        importsOnly("doctor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"source", "ledger", "alert", "simulator", "http"})
    void the_parts_do_not_import_each_other(String part) {
        importsOnly(part, "config", "outbound", "listapi", "doctor");
    }

    @Test
    void nothing_imports_cli() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.dcssync.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.dcssync.cli..")
                .allowEmptyShould(true)
                .check(PROGRAM);
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching("io.dcssync.(*)..").should().beFreeOfCycles().check(PROGRAM);
    }

    @Test
    void settings_are_read_in_config_and_cli_only() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.dcssync.config..", "io.dcssync.cli..")
                // what machine this is, is no setting
                .and()
                .doNotHaveFullyQualifiedName("io.dcssync.ledger.embedded.Platform")
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getProperties")
                .orShould()
                .callMethod(System.class, "getProperty", String.class)
                .orShould()
                .callMethod(System.class, "getProperty", String.class, String.class)
                .allowEmptyShould(true)
                .because("all settings are read once, at the start, and handed down as typed values")
                .check(PROGRAM);
    }

    /** Holds, for now, where there is no such package yet. */
    private static void importsOnly(String part, String... others) {
        String[] allowed = new String[others.length + 1];
        allowed[0] = "io.dcssync." + part + "..";
        for (int i = 0; i < others.length; i++) {
            allowed[i + 1] = "io.dcssync." + others[i] + "..";
        }
        classes()
                .that()
                .resideInAPackage(allowed[0])
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage("io.dcssync..").or(resideInAnyPackage(allowed)))
                .allowEmptyShould(true)
                .check(PROGRAM);
    }
}
