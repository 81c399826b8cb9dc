package io.floodmark.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Checks all sources of all modules against each [StyleRule], and each rule against a file that
/// breaks it.
final class HouseStyleTest {

    private static final String CLEAN =
            """
            import java.util.List;

            /// A thing.
            public record Thing(int a, int b, int c, int d, int e, int f) {
                static int utilization = 1;

                public Thing {
                    d = 1;
                }

                void run() {
                    List.of();
                }
            }
            """;

    /// Not the sources themselves: each has a compiler of its own, too large to keep them all.
    private static final List<String> PATHS = new ArrayList<>();

    private static final Map<StyleRule, List<String>> VIOLATIONS = new EnumMap<>(StyleRule.class);

    @BeforeAll
    static void parse() {
        for (StyleRule rule : StyleRule.values()) {
            VIOLATIONS.put(rule, new ArrayList<>());
        }
        for (String module : ProjectSources.modules()) {
            ProjectSources.visit(module, HouseStyleTest::check);
        }
    }

    private static void check(SourceFile source) {
        PATHS.add(source.path());
        VIOLATIONS.forEach((rule, found) -> found.addAll(rule.violations(source)));
    }

    @Test
    void sources_of_all_modules_are_found() {
        for (String module : ProjectSources.modules()) {
            assertThat(PATHS).as(module).anyMatch(path -> path.startsWith(module + "/src/"));
        }
        assertThat(PATHS).anyMatch(path -> path.contains("/src/test/"));
        assertThat(ProjectSources.modules()).contains("floodmark-load", "floodmark-cli");
    }

    @ParameterizedTest
    @EnumSource
    void every_source_keeps(StyleRule rule) {
        assertThat(VIOLATIONS.get(rule)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_violation_is_caught_with_its_place(StyleRule rule) {
        SourceFile file = SourceFile.parse("module/src/test/java/Bad.java", violating(rule));

        assertThat(rule.violations(file))
                .singleElement()
                .asString()
                .matches("module/src/test/java/Bad\\.java:[1-9]\\d*: .+");
        assertThat(Stream.of(StyleRule.values()).filter(it -> !it.violations(file).isEmpty()))
                .containsExactly(rule);
    }

    @Test
    void a_clean_file_breaks_no_rule() {
        SourceFile file = SourceFile.parse("module/src/main/java/Thing.java", CLEAN);

        assertThat(Stream.of(StyleRule.values()).flatMap(rule -> rule.violations(file).stream()))
                .isEmpty();
    }

    private static String violating(StyleRule rule) {
        return switch (rule) {
            case METHODS_HAVE_AT_MOST_40_LINES ->
                    "class Bad { void run() {" + "\n".repeat(42) + "} }";
            case FILES_HAVE_AT_MOST_400_LINES_AND_TESTS_600 ->
                    "class Bad {" + "\n".repeat(600) + "}";
            case METHODS_TAKE_AT_MOST_5_PARAMETERS ->
                    "class Bad { void run(int a, int b, int c, int d, int e, int f) {} }";
            case PUBLIC_TYPES_HAVE_A_DOC_COMMENT ->
                    "/// Says it.\npublic interface Bad { record It() {} }";
            case DOC_COMMENTS_ARE_MARKDOWN -> "/** Old. */ public class Bad {}";
            case TYPE_NAMES_SAY_THE_DIFFERENCE -> "class BadHelper {}";
            case NOTHING_IS_LEFT_FOR_LATER -> "class Bad {} // TO" + "DO";
            case SOURCES_NAME_NO_MACHINE -> "class Bad { String cache = \"/ro" + "ot/cache\"; }";
            case TESTS_DO_NOT_SLEEP -> "class Bad { void run() { Thread.sleep(1); } }";
            case TESTS_ARE_NOT_DISABLED -> "class Bad { @Disabled(\"slow\") void run() {} }";
            case NOBODY_MOCKS -> "import org.mockito.Mockito; class Bad {}";
        };
    }
}
