package io.floodmark.bench.pgbench;

import io.floodmark.bench.harness.SetupFailure;
import io.floodmark.local.ServerAddress;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// PostgreSQL's own pgbench.
record PgbenchProgram(Path path) {

    private static final Duration STARTING_AND_ENDING_MAX = Duration.ofSeconds(30);

    /// Looks through `searchPath`, which is like the variable PATH.
    static PgbenchProgram find(String searchPath) throws SetupFailure {
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(searchPath)
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "pgbench"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(PgbenchProgram::new)
                .orElseThrow(() ->
                        new SetupFailure(
                                "there is no pgbench on the PATH to compare with; install"
                                        + " it (Debian, Ubuntu: postgresql-contrib or"
                                        + " postgresql; Fedora: postgresql-contrib; macOS:"
                                        + " brew install postgresql) and run again"));
    }

    String version() throws SetupFailure {
        return run(List.of(path.toString(), "--version"), "", Duration.ZERO).strip();
    }

    /// Runs `statement` prepared on `clients` connections from one thread.
    Measured measure(BenchStatement statement, ServerAddress server, int clients, Duration length)
            throws SetupFailure {
        try {
            Path script = Files.createTempFile("floodmark-pgbench-", ".sql");
            try {
                Files.writeString(script, statement.script());
                long seconds = Math.max(1, length.plusMillis(999).toSeconds());
                List<String> command = command(script, server, clients, seconds);
                String output = run(command, server.password(), Duration.ofSeconds(seconds));
                PgbenchOutput ended = PgbenchOutput.parse(output);
                return new Measured(ended.perSecond(), ended.transactions(), ended.failed() == 0);
            } finally {
                Files.deleteIfExists(script);
            }
        } catch (IllegalArgumentException e) {
            throw new SetupFailure(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new SetupFailure("could not write pgbench's script: " + e, e);
        }
    }

    private List<String> command(Path script, ServerAddress server, int clients, long seconds) {
        return List.of(
                path.toString(),
                "-n",
                "-M",
                "prepared",
                "-f",
                script.toString(),
                "-c",
                Integer.toString(clients),
                "-j",
                "1",
                "-T",
                Long.toString(seconds),
                "-h",
                server.host(),
                "-p",
                Integer.toString(server.port()),
                "-U",
                server.user(),
                server.database());
    }

    /// The password goes through the environment, because others can read command lines.
    private static String run(List<String> command, String password, Duration expected)
            throws SetupFailure {
        try {
            Path output = Files.createTempFile("floodmark-pgbench-", ".out");
            try {
                ProcessBuilder builder = new ProcessBuilder(command);
                builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
                builder.environment().put("LC_ALL", "C");
                builder.environment().put("PGPASSWORD", password);
                builder.redirectErrorStream(true).redirectOutput(output.toFile());
                int exit = await(builder.start(), expected.plus(STARTING_AND_ENDING_MAX));
                String text = Files.readString(output, StandardCharsets.ISO_8859_1);
                if (exit != 0) {
                    throw new SetupFailure("pgbench exited with %d: %s".formatted(exit, text));
                }
                return text;
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new SetupFailure("could not run pgbench: " + e, e);
        }
    }

    private static int await(Process process, Duration limit) throws SetupFailure {
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new SetupFailure("interrupted while pgbench ran", e);
        }
        process.destroyForcibly();
        throw new SetupFailure(
                "pgbench did not end within %d s and was stopped".formatted(limit.toSeconds()));
    }
}
