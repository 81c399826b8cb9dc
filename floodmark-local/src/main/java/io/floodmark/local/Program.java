package io.floodmark.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs one short program of the system to its end, in a bounded time and without the caller's
/// `PG…` environment.
final class Program {
    private Program() {}

    /// How a program ended.
    ///
    /// @param exitCode its exit code
    /// @param output standard output and standard error together
    record Ended(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }
    }

    static Ended run(List<String> command, String input, Duration timeout) throws IOException {
        Path output = Files.createTempFile("floodmark-", ".out");
        try {
            var builder = new ProcessBuilder(command);
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            builder.environment().put("LC_ALL", "C");
            // A file and not a pipe: a daemon that the program leaves behind cannot keep us
            // reading.
            builder.redirectErrorStream(true).redirectOutput(output.toFile());
            Process process = builder.start();
            feed(process, input);
            int exitCode = await(process, command.getFirst(), timeout);
            return new Ended(exitCode, Files.readString(output, StandardCharsets.ISO_8859_1));
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static void feed(Process process, String input) {
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The program ended without reading: its exit code tells more than a broken pipe.
            if (process.isAlive()) {
                process.destroyForcibly();
                throw new UncheckedIOException(e);
            }
        }
    }

    private static int await(Process process, String name, Duration timeout) {
        try {
            if (process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new LocalServerException("interrupted while " + name + " ran", e);
        }
        process.destroyForcibly();
        throw new LocalServerException(
                name + " did not end within " + timeout.toSeconds() + " s and was stopped");
    }
}
