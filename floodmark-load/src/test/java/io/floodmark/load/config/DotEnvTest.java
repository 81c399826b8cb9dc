package io.floodmark.load.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.load.postgres.Password;
import io.floodmark.load.postgres.SslMode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DotEnvTest {

    @TempDir private Path folder;

    private static DotEnv parse(String text) {
        return DotEnv.parse(new TextFile(".env", text));
    }

    @Test
    void the_example_file_runs_unchanged() throws URISyntaxException {
        Path example =
                Path.of(Objects.requireNonNull(getClass().getResource("example.env")).toURI());

        Loaded loaded = new Configuring(folder).dotEnv(example).load();

        RunConfig config = loaded.config();
        assertThat(config.connection())
                .contains(
                        new RunConfig.Connection(
                                "127.0.0.1",
                                5678,
                                "postgres",
                                Password.of("a!b;c$d e"),
                                "postgres",
                                SslMode.DISABLE));
        assertThat(config.pool()).isEqualTo(new RunConfig.Pool(50, 10, 5));
        assertThat(config.load().workers()).isEqualTo(10);
        assertThat(config.load().duration()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.data())
                .isEqualTo(
                        new RunConfig.Data(
                                "load_test_data",
                                100,
                                10,
                                Configuring.mix("insert=70,update=30"),
                                10_000,
                                AfterRun.DROP_UNLESS_KEPT));
        assertThat(config.output().reportInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(loaded.notices()).isEmpty();
        assertThat(Configuring.resolved(loaded, "password").source().label())
                .isEqualTo("example.env file line 5 DB_PASSWORD");
    }

    // Rows are: what stands after "A=", and its value; the quote of the table is the backquote.
    @ParameterizedTest(name = "A={0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "plain|plain",
                "  spaced out  |spaced out",
                "a#b|a#b",
                "#b|#b",
                "a # comment|a",
                " # comment|``",
                "``|``",
                "a=b=c|a=b=c",
                "'a!b;c$d e'|a!b;c$d e",
                "'a # b' # c|a # b",
                "'a\\n\"b'|a\\n\"b",
                "''|``",
                "\"a # b\"|a # b",
                "\"a\\\"b\\\\c\\$d\"|a\"b\\c$d",
                "\"C:\\dir\"|C:\\dir",
                "$HOME|$HOME",
            })
    void a_value_is_read_as_shells_do(String written, String value) {
        assertThat(parse("A=" + written).variables())
                .containsEntry("A", new DotEnv.Variable(value, 1));
    }

    @Test
    void a_line_break_can_be_escaped_in_double_quotes() {
        assertThat(parse("A=\"1\\n2\"").variables().get("A"))
                .isEqualTo(new DotEnv.Variable("1\n2", 1));
    }

    @Test
    void comments_blank_lines_exports_and_foreign_line_ends_are_read() {
        DotEnv file = parse("# c\r\n\r\nexport A=1\r\n  B = 2\r\nA=3\r\n");

        assertThat(file.problems()).isEmpty();
        assertThat(file.variables())
                .containsOnly(
                        Map.entry("A", new DotEnv.Variable("3", 5)),
                        Map.entry("B", new DotEnv.Variable("2", 4)));
    }

    @Test
    void malformed_lines_are_named_but_not_repeated() {
        DotEnv file = parse("A=1\nhunter2\nB='hunter2\nC=\"hunter2\nD='a'hunter2\n=hunter2");

        assertThat(file.problems())
                .containsExactly(
                        ".env file line 2: is malformed: expected NAME=value",
                        ".env file line 3: is malformed: the single quote is not closed",
                        ".env file line 4: is malformed: the double quote is not closed",
                        ".env file line 5: is malformed: only a comment may follow the closing"
                                + " quote, after a space",
                        ".env file line 6: is malformed: expected NAME=value");
    }

    @Test
    void foreign_names_are_ignored_and_near_misses_noticed() {
        Loaded loaded =
                new Configuring(folder)
                        .dotEnv("DB_PASS=hunter2\nTABLE_NAM=x\nHOME=/\nAWS_REGION=eu")
                        .environment("DB_HOSTS", "x")
                        .environment("TABLE_NAMES", "x")
                        .environment("DB_URL_OF_OTHERS", "x")
                        .load();

        assertThat(loaded.notices())
                .containsExactly(
                        "environment DB_HOSTS sets nothing; did you mean DB_HOST?",
                        ".env file line 1 DB_PASS sets nothing; did you mean DB_PASSWORD?",
                        ".env file line 2 TABLE_NAM sets nothing; did you mean TABLE_NAME?");
    }

    @Test
    void a_file_that_cannot_be_read_is_named() throws IOException {
        Path binary = Files.write(folder.resolve("x.env"), new byte[] {(byte) 0xff, 'A'});
        Path large =
                Files.write(
                        folder.resolve("y.env"),
                        "#".repeat(TextFile.BYTES_MAX + 1).getBytes(StandardCharsets.UTF_8));

        assertThat(refusal(folder.resolve("no.env"))).endsWith("no.env\" does not exist");
        assertThat(refusal(folder)).contains("cannot be read");
        assertThat(refusal(binary)).isEqualTo("environment file x.env: is not UTF-8 text");
        assertThat(refusal(large))
                .isEqualTo("environment file y.env: is larger than 1 MiB; is it the right file?");
    }

    private String refusal(Path file) {
        List<String> lines = new Configuring(folder).dotEnv(file).refusal();
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }
}
