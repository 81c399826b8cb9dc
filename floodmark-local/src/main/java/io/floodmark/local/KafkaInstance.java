package io.floodmark.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// One Kafka broker in one folder, in a JVM of its own, which it starts and stops; it does not care
/// who owns the folder and how long it lives.
///
/// *Threads:* one at a time.
final class KafkaInstance implements HousedServer.Instance {
    private static final Duration FORMAT_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration CLEAN_STOP = Duration.ofSeconds(30);
    private static final Duration HARD_STOP = Duration.ofSeconds(10);
    private static final int PORT_TRIES = 5;
    private static final int LOG_LINES = 15;
    private static final String SERVER_JAR = "kafka_2.13-";

    /// The same for all: a cluster of one broker on loopback is not mistaken for another.
    private static final String CLUSTER = "Zmxvb2RtYXJrLWxvY2FsMQ";

    /// The shell records the process id, which stays when it becomes the broker, and makes it deaf
    /// to Ctrl-C in the terminal: the service beside it must be able to finish first.
    private static final String BECOME =
            "trap '' INT HUP; echo $$ >\"$1\" || exit 1; shift; exec \"$@\"";

    private final Path cache;
    private final Path jars;
    private final KafkaFiles files;
    private final LocalKafka.Options options;

    /// @param cache where what is prepared once is kept
    /// @param jars of the broker
    KafkaInstance(Path cache, Path jars, KafkaFiles files, LocalKafka.Options options) {
        this.cache = cache;
        this.jars = jars;
        this.files = files;
        this.options = options;
    }

    KafkaFiles files() {
        return files;
    }

    Path jars() {
        return jars;
    }

    @Override
    public Optional<ServerProcess> process() {
        return ServerProcess.on(files.data());
    }

    /// Starts on ports that are free, and returns them.
    KafkaFiles.Ports startOnFreePorts() throws IOException {
        for (int tries = 0; tries < PORT_TRIES; tries++) {
            KafkaFiles.Ports ports = KafkaFiles.Ports.choose();
            // A port taken between choosing and binding is answered by the next one.
            if (start(ports)) {
                return ports;
            }
        }
        throw new LocalServerException(
                PORT_TRIES
                        + " free ports in a row were taken by others before the broker had them");
    }

    /// Starts on these ports; false when one of them is taken.
    boolean start(KafkaFiles.Ports ports) throws IOException {
        files.write(ports, options.settings());
        format();
        long logFrom = Files.exists(files.log()) ? Files.size(files.log()) : 0;
        Process broker = launch();
        boolean ready =
                Waiting.until(
                        options.startTimeout(),
                        () -> !broker.isAlive() || KafkaMetadata.namesBroker(ports.broker()));
        if (ready && broker.isAlive()) {
            return true;
        }
        abandon();
        String log = tail(files.log(), logFrom);
        if (log.contains("BindException") || log.contains("Address already in use")) {
            return false;
        }
        throw new LocalServerException(
                "Kafka did not start within %d s in %s\nlast lines of its log:\n%s\n%s"
                        .formatted(
                                options.startTimeout().toSeconds(),
                                files.folder(),
                                log,
                                tail(files.console(), 0)));
    }

    private void format() throws IOException {
        if (!files.formatted()) {
            Path template = CachedFolder.obtain(cache, template(), this::format);
            FileTrees.copy(new KafkaFiles(template).records(), files.records(), _ -> true);
        }
    }

    /// Formatting takes a JVM of its own, so it is done once for all brokers of this version.
    private void format(Path folder) throws IOException {
        var prepared = new KafkaFiles(folder);
        prepared.write(new KafkaFiles.Ports(1, 2), Map.of());
        List<String> command = java("kafka.tools.StorageTool");
        command.addAll(List.of("format", "-t", CLUSTER, "-c", prepared.settings().toString()));
        Program.Ended ended = Program.run(command, "", FORMAT_TIMEOUT);
        if (!ended.succeeded()) {
            throw new LocalServerException(
                    "could not prepare the broker's data folder: " + ended.output().strip());
        }
    }

    private String template() throws IOException {
        for (Path jar : CachedFolder.children(jars)) {
            String name = jar.getFileName().toString();
            if (name.startsWith(SERVER_JAR)) {
                return "template-1-" + name.replace(".jar", "");
            }
        }
        throw new LocalServerException("there is no jar of Kafka's broker in " + jars);
    }

    private Process launch() throws IOException {
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", BECOME, "sh", files.pid().toString()));
        command.addAll(java("kafka.Kafka"));
        command.add(files.settings().toString());
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(files.console().toFile())
                        .start();
        process.getOutputStream().close();
        return process;
    }

    private List<String> java(String main) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                java,
                                "-Dfloodmark.data=" + files.data(),
                                "-Dlog4j2.configurationFile=" + files.logging(),
                                "-XX:+UseSerialGC",
                                "-XX:+ExitOnOutOfMemoryError",
                                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(options.tuning().javaOptions());
        // A pattern and not a list: the command line stays short enough to tell whose it is.
        command.addAll(List.of("-cp", jars.resolve("*").toString(), main));
        return command;
    }

    /// Stops the broker in order; no effect when it does not run.
    @Override
    public void stop() {
        process()
                .ifPresent(process -> {
                    process.signal("CONT");
                    process.signal("TERM");
                    if (!process.awaitEnd(CLEAN_STOP)) {
                        process.end(HARD_STOP);
                    }
                });
    }

    /// Ends the broker at once with SIGKILL; no effect when it does not run.
    @Override
    public void abandon() {
        process().ifPresent(process -> process.end(HARD_STOP));
    }

    private static String tail(Path file, long from) throws IOException {
        if (!Files.exists(file)) {
            return "(it wrote none)";
        }
        byte[] bytes = Files.readAllBytes(file);
        int start = Math.clamp(from, 0, bytes.length);
        List<String> lines =
                new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8)
                        .lines()
                        .toList();
        return lines.stream()
                .skip(Math.max(0, lines.size() - LOG_LINES))
                .collect(Collectors.joining("\n"));
    }
}
