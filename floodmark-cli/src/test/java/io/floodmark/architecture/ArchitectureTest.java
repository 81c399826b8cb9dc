package io.floodmark.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/// What may know what: the structure that `package-info` files describe, checked on the compiled
/// classes of all modules that the program is made of.
@AnalyzeClasses(packages = "io.floodmark", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    /// Benchmarks measure the program and are no part of it: nothing depends on them.
    private static final String BENCHMARKS = "floodmark-bench";

    /// The contract module's wrong SQL append, which shows that the contract's checker bites.
    private static final String NEGATIVE_CONTROL = "io.floodmark.store.tck.reference";

    private static final String[] DRIVER = {"java.sql..", "javax.sql..", "org.postgresql.."};

    /// One use of the JDK's clock or random numbers outside its adapter.
    ///
    /// @param user the class, with the classes inside it
    /// @param target the method or constructor that it may use
    private record Exemption(String user, String target, String reason) {

        boolean covers(JavaAccess<?> access) {
            String origin = access.getOriginOwner().getName();
            return (origin.equals(user) || origin.startsWith(user + "$"))
                    && target.equals(nameOf(access));
        }
    }

    private static final List<Exemption> EXEMPTIONS =
            List.of(
                    new Exemption(
                            "io.floodmark.load.table.People",
                            "java.util.Random.<init>",
                            "Datafaker wants a Random; its seed comes from the adapter"),
                    new Exemption(
                            "io.floodmark.load.events.Chronicle",
                            "java.util.Random.<init>",
                            "Datafaker wants a Random; its seed comes from the adapter"),
                    new Exemption(
                            "io.floodmark.local.Waiting",
                            "java.lang.System.nanoTime",
                            "floodmark-local depends on no other module; this is its adapter"),
                    new Exemption(
                            "io.floodmark.local.Passwords",
                            "java.security.SecureRandom.<init>",
                            "a password must not be repeatable"),
                    new Exemption(
                            "io.floodmark.store.tck.history.Ticks",
                            "java.lang.System.nanoTime",
                            "the contract's adapter: histories are ordered by one clock"),
                    new Exemption(
                            "io.floodmark.store.tck.history.Ticks",
                            "java.lang.System.currentTimeMillis",
                            "the contract's adapter: event ids carry the time"),
                    new Exemption(
                            "io.floodmark.store.tck.history.SeededDraws",
                            "java.util.SplittableRandom.<init>",
                            "the contract's adapter: workloads follow from a seed"),
                    new Exemption(
                            "io.floodmark.store.TimeAndChance",
                            "java.time.Clock.systemUTC",
                            "floodmark-store depends on no other module; this is its adapter"),
                    new Exemption(
                            "io.floodmark.store.TimeAndChance",
                            "java.lang.System.nanoTime",
                            "likewise"),
                    new Exemption(
                            "io.floodmark.store.TimeAndChance",
                            "java.security.SecureRandom.<init>",
                            "ids of events must not collide between processes"));

    private static final Set<String> TIME_AND_CHANCE =
            Set.of(
                    "java.lang.System.nanoTime",
                    "java.lang.System.currentTimeMillis",
                    "java.lang.Thread.sleep",
                    "java.lang.Math.random",
                    "java.util.Random.<init>",
                    "java.util.SplittableRandom.<init>",
                    "java.util.Date.<init>",
                    "java.util.UUID.randomUUID",
                    "java.util.concurrent.ThreadLocalRandom.current",
                    "java.util.concurrent.TimeUnit.sleep",
                    "java.security.SecureRandom.<init>",
                    "java.util.random.RandomGenerator.getDefault",
                    "java.util.random.RandomGenerator.of");

    private static final Set<String> STREAMS_AND_EXIT =
            Set.of(
                    "java.lang.System.out",
                    "java.lang.System.err",
                    "java.lang.System.in",
                    "java.lang.System.exit",
                    "java.lang.Runtime.exit",
                    "java.lang.Runtime.halt");

    @ArchTest
    static void all_main_classes_of_all_modules_are_seen(JavaClasses seen) {
        Set<String> names = seen.stream().map(JavaClass::getName).collect(Collectors.toSet());
        List<String> modules = new ArrayList<>(ProjectSources.modules());
        modules.remove(BENCHMARKS);
        assertThat(modules)
                .contains(
                        "floodmark-store",
                        "floodmark-ingest",
                        "floodmark-local",
                        "floodmark-load",
                        "floodmark-console");
        for (String module : modules) {
            List<String> types = ProjectSources.mainTypes(module);
            assertThat(types).as(module).hasSizeGreaterThan(10);
            assertThat(names).as(module).containsAll(types);
        }
    }

    @ArchTest
    static void what_the_rules_forbid_is_seen_where_it_is_allowed(JavaClasses seen) {
        assertThat(accesses(seen)).anyMatch(ArchitectureTest::printsOrExits);
        assertThat(accesses(seen)).anyMatch(ArchitectureTest::readsJavaTime);
        assertThat(accesses(seen)).anyMatch(ArchitectureTest::usesTimeOrChance);
        assertThat(seen.stream().flatMap(user -> user.getDirectDependenciesFromSelf().stream()))
                .anyMatch(to -> resideInAnyPackage(DRIVER).test(to.getTargetClass()));
    }

    @ArchTest
    static void exemptions_are_needed(JavaClasses seen) {
        for (Exemption exemption : EXEMPTIONS) {
            assertThat(accesses(seen).filter(exemption::covers))
                    .as(exemption.toString())
                    .isNotEmpty();
        }
    }

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("io.floodmark.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule only_the_adapter_reads_the_clock_sleeps_and_draws_lots =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.floodmark.load.time")
                    .should(
                            accessTargetWhere(
                                    describe(
                                            "the clock, sleep or random numbers of the JDK",
                                            ArchitectureTest::usesTimeOrChance)))
                    .because(
                            "time and chance are arguments, so that runs can be repeated; exempt are "
                                    + EXEMPTIONS);

    @ArchTest
    static final ArchRule only_the_command_line_uses_standard_streams_and_exits =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.floodmark.cli")
                    .should(
                            accessTargetWhere(
                                    describe(
                                            "a standard stream or exit",
                                            ArchitectureTest::printsOrExits)));

    @ArchTest
    static final ArchRule nobody_uses_completable_futures =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(CompletableFuture.class)
                    .because("blocking code on virtual threads reads better");

    @ArchTest
    static final ArchRule only_parts_that_talk_to_the_server_know_the_driver =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "io.floodmark.ingest.postgres",
                            "io.floodmark.load.eventstore",
                            "io.floodmark.load.ingest",
                            "io.floodmark.load.postgres",
                            "io.floodmark.load.preflight",
                            "io.floodmark.load.table",
                            "io.floodmark.load.workload",
                            "io.floodmark.local",
                            "io.floodmark.store.postgres..",
                            "io.floodmark.cli.postgres",
                            NEGATIVE_CONTROL)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(DRIVER);

    @ArchTest
    static final ArchRule engine_knows_neither_what_it_loads_nor_who_watches =
            noClasses()
                    .that()
                    .resideInAPackage("io.floodmark.load.engine")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "java.sql..",
                            "org.postgresql..",
                            "org.jline..",
                            "io.floodmark.load.config",
                            "io.floodmark.load.events",
                            "io.floodmark.load.eventstore",
                            "io.floodmark.load.ingest",
                            "io.floodmark.load.output",
                            "io.floodmark.load.postgres",
                            "io.floodmark.load.preflight",
                            "io.floodmark.load.registry",
                            "io.floodmark.load.run",
                            "io.floodmark.load.table",
                            "io.floodmark.load.workload");

    @ArchTest
    static final ArchRule records_know_nothing_else_of_ours =
            classes()
                    .that()
                    .resideInAPackage("io.floodmark.load.record")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("java..", "org.jspecify..", "io.floodmark.load.record");

    @ArchTest
    static final ArchRule console_knows_the_records_and_no_database =
            noClasses()
                    .that()
                    .resideInAPackage("io.floodmark.console..")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage("java.sql..", "io.floodmark..")
                                    .and(
                                            resideOutsideOfPackages(
                                                    "io.floodmark.console..",
                                                    "io.floodmark.load.record")));

    @ArchTest
    static final ArchRule the_stores_model_knows_no_database_and_nothing_else_of_ours =
            classes()
                    .that()
                    .resideInAnyPackage(
                            "io.floodmark.store",
                            "io.floodmark.store.memory",
                            "io.floodmark.store.observe")
                    .should()
                    .onlyDependOnClassesThat(
                            resideInAnyPackage(
                                            "java..",
                                            "org.jspecify..",
                                            "io.floodmark.store",
                                            "io.floodmark.store.memory",
                                            "io.floodmark.store.observe")
                                    .and(resideOutsideOfPackages(DRIVER)));

    @ArchTest
    static final ArchRule neither_the_store_nor_the_load_engine_knows_micrometer =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "io.floodmark.store..",
                            "io.floodmark.load..",
                            "io.floodmark.local..",
                            "io.floodmark.console..")
                    .and()
                    .resideOutsideOfPackage("io.floodmark.store.micrometer")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.micrometer..");

    @ArchTest
    static final ArchRule ingestion_has_layers =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "io.floodmark.ingest",
                            "io.floodmark.ingest.wire",
                            "io.floodmark.ingest.flow",
                            "io.floodmark.ingest.postgres")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.floodmark.ingest.http", "io.helidon..")
                    .because(
                            "the server is a face of the flow, which knows sinks by their interface");

    @ArchTest
    static final ArchRule packages_are_null_marked =
            classes().should(new LivesInNullMarkedPackage());

    private static Stream<JavaAccess<?>> accesses(JavaClasses seen) {
        return seen.stream().flatMap(user -> user.getAccessesFromSelf().stream());
    }

    private static String nameOf(JavaAccess<?> access) {
        return access.getTargetOwner().getName() + "." + access.getTarget().getName();
    }

    private static boolean usesTimeOrChance(JavaAccess<?> access) {
        return (TIME_AND_CHANCE.contains(nameOf(access)) || readsJavaTime(access))
                && EXEMPTIONS.stream().noneMatch(exemption -> exemption.covers(access));
    }

    private static boolean printsOrExits(JavaAccess<?> access) {
        return STREAMS_AND_EXIT.contains(nameOf(access))
                || access.getTarget().getFullName().endsWith(".printStackTrace()");
    }

    private static boolean readsJavaTime(JavaAccess<?> access) {
        return nameOf(access).matches("java\\.time\\.(.+\\.now|Clock\\.(system|tick).*)");
    }

    private static final class LivesInNullMarkedPackage extends ArchCondition<JavaClass> {
        LivesInNullMarkedPackage() {
            super("live in a package that is marked @NullMarked");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
            events.add(
                    new SimpleConditionEvent(
                            type, marked, type.getPackageName() + " of " + type.getName()));
        }
    }
}
