package io.floodmark.bench.pgbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.bench.harness.CommandRun;
import io.floodmark.bench.harness.SetupFailure;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.postgres.Password;
import io.floodmark.local.LocalPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PgbenchRatioTest {

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final int CLIENTS = 4;

    @Test
    void help_shows_an_example() {
        CommandRun run = CommandRun.of(new PgbenchRatio(), "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("Usage: pgbench-ratio", "bench/pgbench-ratio --quick --json");
    }

    @Test
    void too_many_clients_are_refused_before_anything_starts() {
        CommandRun run = CommandRun.of(new PgbenchRatio(), "--clients", "151");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("--clients is 151, allowed: 1 to 150");
    }

    @Test
    void missing_pgbench_says_what_to_install(@TempDir Path empty) {
        assertThatThrownBy(() -> PgbenchProgram.find(empty.toString()))
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("no pgbench on the PATH")
                .hasMessageContaining("install");
    }

    @Test
    void first_pgbench_on_the_path_is_taken(@TempDir Path first, @TempDir Path second)
            throws IOException, SetupFailure {
        Path program = program(second, "echo pgbench 0");

        String path = first + File.pathSeparator + File.pathSeparator + second;
        assertThat(PgbenchProgram.find(path).path()).isEqualTo(program);
    }

    @Test
    void failing_pgbench_is_quoted(@TempDir Path folder) throws IOException {
        Path program = program(folder, "echo no such database; exit 2");

        assertThatThrownBy(() -> new PgbenchProgram(program).version())
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("exited with 2: no such database");
    }

    @Test
    void password_reaches_pgbench_by_its_environment_only(@TempDir Path folder)
            throws IOException, SetupFailure {
        Path seen = folder.resolve("seen");
        Path program =
                program(
                        folder,
                        "echo \"$*\" > '" + seen + "'; echo \"env $PGPASSWORD\" >> '" + seen + "'",
                        "echo 'number of transactions actually processed: 5'",
                        "echo 'tps = 5.0 (without initial connection time)'");
        var server =
                new io.floodmark.local.ServerAddress("127.0.0.1", 1, "db", "somebody", "Secret");

        new PgbenchProgram(program).measure(BenchStatement.SELECT_1, server, 8, SHORT);

        assertThat(Files.readAllLines(seen))
                .satisfiesExactly(
                        arguments ->
                                assertThat(arguments)
                                        .contains("-M prepared", "-c 8 -j 1 -T 1", "-U somebody")
                                        .doesNotContain("Secret"),
                        environment -> assertThat(environment).isEqualTo("env Secret"));
    }

    @Test
    void our_side_closes_its_books_and_every_insert_is_a_row() throws Exception {
        try (LocalPostgres server = LocalPostgres.start()) {
            ConnectionTarget target =
                    ConnectionTarget.of(
                            server.host(),
                            server.port(),
                            server.database(),
                            server.user(),
                            Password.of(server.password()));
            OurSide ours = new OurSide(target, CLIENTS);
            BenchDatabase database = new BenchDatabase(target);

            database.reset();
            Measured selects = ours.measure(BenchStatement.SELECT_1, SHORT);
            Measured inserts = ours.measure(BenchStatement.INSERT, SHORT);

            assertThat(selects.valid()).isTrue();
            assertThat(inserts.valid()).isTrue();
            assertThat(selects.transactions()).isPositive();
            assertThat(database.rows()).isEqualTo(inserts.transactions()).isPositive();
        }
    }

    private static Path program(Path folder, String... lines) throws IOException {
        Path program = folder.resolve("pgbench");
        Files.writeString(program, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
