package io.floodmark.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The program as a user starts it: a process of its own, in a folder of its own, with an
/// environment in which nothing is left of the test's.
///
/// @param folder working directory; run folders come into it, too
/// @param environment its variables
record Floodmark(Path folder, Map<String, String> environment) {

    /// What `ulimit -f` of a POSIX shell counts in.
    private static final int BLOCK_BYTES = 512;

    private static final List<String> KEPT = List.of("PATH", "HOME", "XDG_CACHE_HOME", "TMPDIR");

    static Floodmark in(Path folder) {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.keySet().retainAll(KEPT);
        environment.put("LC_ALL", "C.UTF-8");
        return new Floodmark(folder, environment);
    }

    /// In `folder`, with the password of `database` in its environment.
    static Floodmark in(Path folder, Database database) {
        return in(folder).with("DB_PASSWORD", database.password());
    }

    /// With one more variable.
    Floodmark with(String variable, String value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(variable, value);
        return new Floodmark(folder, more);
    }

    /// Runs to the end.
    Finished run(String... arguments) throws IOException, InterruptedException {
        try (Running running = start(arguments)) {
            return running.finish();
        }
    }

    /// `run` against `database` with few connections and a quick start; `more` may replace that.
    Running startRun(Database database, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run", "--url", database.url()));
        arguments.add("--calibrate=false");
        Defaults.add(arguments, List.of(more), "--seed-rows", "200");
        Defaults.add(arguments, List.of(more), "--workers", "4");
        if (!List.of(more).contains("closed")) {
            Defaults.add(arguments, List.of(more), "--rate", "50");
        }
        arguments.addAll(List.of(more));
        return start(arguments.toArray(String[]::new));
    }

    /// `ingest` into the database, on any port.
    Running startIngest(Database database, String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("ingest", "--url", database.url(), "--listen-port", "0"));
        arguments.addAll(List.of(more));
        return start(arguments.toArray(String[]::new));
    }

    /// [#startRun] to the end.
    Finished runOn(Database database, String... more) throws IOException, InterruptedException {
        try (Running running = startRun(database, more)) {
            return running.finish();
        }
    }

    private static final class Defaults {
        static void add(List<String> to, List<String> given, String option, String value) {
            if (!given.contains(option)) {
                to.addAll(List.of(option, value));
            }
        }
    }

    /// Starts it; both its outputs go to files, so that neither can block it.
    Running start(String... arguments) throws IOException {
        Path out = Files.createTempFile(folder, "stdout-", ".txt");
        Path err = Files.createTempFile(folder, "stderr-", ".txt");
        var builder = builder(Interruptible.wrapper(), Main.class, List.of(arguments));
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        return new Running(builder.start(), folder, out, err, List.of());
    }

    /// As [#start], with a real limit of the operating system on the size of each file that it
    /// writes: beyond it a write fails as on a full disk. Its outputs are pipes, without a limit.
    Running startWithFilesUpTo(int bytes, String... arguments) throws IOException {
        Path out = Files.createTempFile(folder, "stdout-", ".txt");
        Path err = Files.createTempFile(folder, "stderr-", ".txt");
        String limited = "ulimit -f %d && exec \"$@\"".formatted(bytes / BLOCK_BYTES);
        Process process =
                builder(List.of("sh", "-c", limited, "sh"), Main.class, List.of(arguments)).start();
        List<Thread> relays =
                List.of(relay(process.getInputStream(), out), relay(process.getErrorStream(), err));
        return new Running(process, folder, out, err, relays);
    }

    private static Thread relay(InputStream from, Path to) {
        return Thread.ofVirtual()
                .start(() -> {
                    try (from) {
                        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    /// A process of `main` with the program's JVM options, class path, folder and environment.
    ProcessBuilder builder(List<String> wrapper, Class<?> main, List<String> arguments) {
        var command = new ArrayList<String>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }
}
