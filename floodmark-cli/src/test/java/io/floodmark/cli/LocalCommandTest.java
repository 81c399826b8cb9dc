package io.floodmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@NullMarked
final class LocalCommandTest {
    @TempDir private Path folder;

    @AfterEach
    void remove() {
        assertThat(run("down", "--remove").exitCode()).isZero();
    }

    @Test
    void server_lives_from_up_to_down() throws Exception {
        assertThat(run("up").exitCode()).isZero();
        assertThat(run("up").err()).contains("already running");
        Ran url = run("psql-url");
        assertThat(url.exitCode()).isZero();
        assertThat(url.out().strip())
                .matches("postgresql://postgres:[A-Za-z0-9_-]{32}@127\\.0\\.0\\.1:\\d+/postgres");
        assertThat(url.err()).isEmpty();
        assertThat(select(url.out().strip())).isTrue();

        JsonNode status = new ObjectMapper().readTree(run("status", "--json").out());
        assertThat(status.at("/server/state").asText()).isEqualTo("running");
        assertThat(status.at("/replica/state").asText()).isEqualTo("absent");
        assertThat(run("status").out() + status).doesNotContain(password(url.out()));

        assertThat(run("down").err()).contains("stopped");
        assertThat(run("status").out()).contains("stopped (was on port ");
        Ran refused = run("psql-url");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("floodmark local up");
    }

    @Test
    void replica_is_reported_with_its_lag() throws Exception {
        assertThat(run("up", "--replica").exitCode()).isZero();

        JsonNode status = new ObjectMapper().readTree(run("status", "--json").out());
        assertThat(status.at("/replica/state").asText()).isEqualTo("running");
        assertThat(status.at("/replication/state").asText()).isEqualTo("streaming");
        assertThat(status.at("/replication/bytesBehind").isIntegralNumber()).isTrue();
        assertThat(run("status").out()).contains("streaming, ");
        String uri = run("psql-url", "--replica").out().strip();
        assertThat(select(uri)).isTrue();
        String replica = uri.replaceFirst("postgresql://[^@]+@", "jdbc:postgresql://");
        assertThat(run("env").out().lines())
                .hasSize(4)
                .anyMatch(line -> line.startsWith("export PRIMARY_URL='jdbc:postgresql://127."))
                .contains(
                        "export REPLICA_URL='" + replica + "'",
                        "export STORE_USER='postgres'",
                        "export STORE_PASSWORD='" + password(uri) + "'");
    }

    @Test
    void help_has_examples_and_a_missing_command_is_an_error() {
        for (String command : List.of("up", "status", "psql-url", "env", "down")) {
            assertThat(run(command, "--help").out()).contains("Examples:", "floodmark local ");
        }
        var err = new StringWriter();
        CommandLine local = new CommandLine(new LocalCommand()).setErr(new PrintWriter(err));
        assertThat(local.execute()).isEqualTo(1);
        assertThat(run("up", "--wrong").exitCode()).isEqualTo(1);
        assertThat(err.toString()).contains("local needs a command");
        assertThat(run("psql-url").err()).contains("there is no local server yet");
        assertThat(run("env").err()).contains("no local server runs");
    }

    private static boolean select(String uri) throws Exception {
        String url = uri.replaceFirst("postgresql://[^@]+@", "jdbc:postgresql://");
        try (var session = DriverManager.getConnection(url, "postgres", password(uri));
                var statement = session.createStatement()) {
            return statement.execute("select 1");
        }
    }

    private static String password(String uri) {
        return uri.replaceFirst("postgresql://postgres:", "").replaceFirst("@.*", "").strip();
    }

    private Ran run(String command, String... options) {
        var arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("--folder", folder.resolve("local").toString()));
        var out = new StringWriter();
        var err = new StringWriter();
        int exitCode =
                new CommandLine(new LocalCommand())
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(arguments.toArray(String[]::new));
        return new Ran(exitCode, out.toString(), err.toString());
    }

    private record Ran(int exitCode, String out, String err) {}
}
