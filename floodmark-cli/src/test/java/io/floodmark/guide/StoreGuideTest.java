package io.floodmark.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.local.LocalPostgres;
import io.floodmark.local.LocalReplica;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program of `docs/getting-started-store.md`: its blocks are put together, compiled with the
/// libraries that its `pom.xml` block names, run against a primary and a replica, and print what
/// the guide says.
final class StoreGuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "getting-started-store.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

    @TempDir private Path folder;

    private record Block(String language, String text) {}

    private static List<Block> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(GUIDE))
                .results()
                .map((MatchResult found) -> new Block(found.group(1), found.group(2)))
                .toList();
    }

    private static String text(String language) throws IOException {
        return blocks().stream()
                .filter(block -> block.language().equals(language))
                .map(Block::text)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void the_program_compiles_and_prints_what_the_guide_says() throws Exception {
        compile(text("java"));
        try (LocalPostgres primary = LocalPostgres.start();
                LocalReplica replica = LocalReplica.start(primary, "guide_replica")) {
            assertThat(run(primary, replica)).isEqualTo(text("text"));
        }
    }

    @Test
    void the_dependency_is_a_module_of_this_project() throws Exception {
        String pom = text("xml");

        Matched artifact = Matched.in(pom, "<artifactId>(floodmark-[a-z-]+)</artifactId>");
        assertThat(Path.of("..", artifact.text(), "pom.xml")).isRegularFile();
        Matched version = Matched.in(pom, "(?s)<artifactId>floodmark.*?<version>(.*?)</version>");
        assertThat(Files.readString(Path.of("..", "pom.xml")))
                .contains("<version>" + version.text() + "</version>");
    }

    @Test
    void commands_in_the_guide_exist() throws Exception {
        List<String> commands =
                text("sh").lines().filter(line -> line.startsWith("./floodmark store")).toList();

        assertThat(commands).isNotEmpty();
        for (String command : commands) {
            String name = command.split("\\s+", -1)[2];
            assertThat(
                            Path.of(
                                    "src/main/java/io/floodmark/cli",
                                    "Store" + capital(name) + "Command.java"))
                    .as(command)
                    .isRegularFile();
        }
    }

    private static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private record Matched(String text) {
        static Matched in(String text, String pattern) {
            return Pattern.compile(pattern)
                    .matcher(text)
                    .results()
                    .findFirst()
                    .map(found -> new Matched(found.group(1)))
                    .orElseThrow();
        }
    }

    private void compile(String source) throws IOException {
        Path file = Files.writeString(folder.resolve("Library.java"), source);
        int problems =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "--release",
                                "25",
                                "-Xlint:all,-classfile,-processing,-path",
                                "-proc:none",
                                "-d",
                                folder.toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                file.toString());
        assertThat(problems).as("exit code of javac").isZero();
    }

    private String run(LocalPostgres primary, LocalReplica replica) throws Exception {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        folder
                                + System.getProperty("path.separator")
                                + System.getProperty("java.class.path"),
                        "Library");
        builder.environment().put("PRIMARY_URL", primary.url());
        builder.environment().put("REPLICA_URL", replica.url());
        builder.environment().put("STORE_USER", "postgres");
        builder.environment().put("STORE_PASSWORD", primary.password());
        Process program =
                builder.directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        try {
            assertThat(program.waitFor(90, TimeUnit.SECONDS)).as("it ends").isTrue();
            assertThat(program.exitValue()).as(Files.readString(err)).isZero();
            return Files.readString(out);
        } finally {
            program.destroyForcibly();
        }
    }
}
