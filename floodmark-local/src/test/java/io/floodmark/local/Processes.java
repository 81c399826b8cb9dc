package io.floodmark.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/// Child JVMs for what only the end of a process shows.
@NullMarked
final class Processes {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private Processes() {}

    /// Starts this main class in a JVM of its own, with this class path, behind the prefix.
    static Process java(
            Class<?> main, List<String> prefix, String classPath, Map<String, String> environment)
            throws IOException {
        var command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("-Djava.io.tmpdir=" + environment.getOrDefault("TMPDIR", "/tmp"));
        command.addAll(List.of("-cp", classPath, main.getName()));
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        return builder.start();
    }

    static Process java(Class<?> main, Map<String, String> environment) throws IOException {
        return java(main, List.of(), System.getProperty("java.class.path"), environment);
    }

    /// The next line that the process prints.
    static String line(BufferedReader output) throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("the child process ended without a line");
        }
        return line;
    }

    static boolean isGone(long pid) {
        return ServerProcess.awaitAllGone(List.of(pid), TIMEOUT);
    }

    static boolean isGone(Path path) {
        return Waiting.until(TIMEOUT, () -> !java.nio.file.Files.exists(path));
    }
}
