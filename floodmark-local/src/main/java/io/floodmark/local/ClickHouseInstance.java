package io.floodmark.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One ClickHouse engine in one folder, in a JVM of its own, which it starts and stops; it does not
/// care who owns the folder and how long it lives.
///
/// *Threads:* one at a time.
final class ClickHouseInstance implements HousedServer.Instance {
    private static final Duration CLEAN_STOP = Duration.ofSeconds(30);
    private static final Duration HARD_STOP = Duration.ofSeconds(10);
    private static final int PROBE_MILLIS = 1_000;
    private static final int PORT_TRIES = 5;
    private static final int LOG_LINES = 15;

    /// The shell records the process id, which stays when it becomes the engine, in a session of
    /// its own: Ctrl-C in the terminal does not reach it.
    private static final String BECOME = "echo $$ >\"$1\" || exit 1; shift; exec setsid \"$@\"";

    /// The last statement waits for the end of the standard input, which is the owner's end.
    private static final String SERVE =
            "SYSTEM START LISTEN HTTP; SELECT * FROM file('/dev/stdin', LineAsString) FORMAT Null";

    private final Path library;
    private final ClickHouseFiles files;
    private final LocalClickHouse.Options options;
    private final String password;
    private @Nullable OutputStream leash;

    ClickHouseInstance(
            Path library, ClickHouseFiles files, LocalClickHouse.Options options, String password) {
        this.library = library;
        this.files = files;
        this.options = options;
        this.password = password;
    }

    ClickHouseFiles files() {
        return files;
    }

    @Override
    public Optional<ServerProcess> process() {
        return ServerProcess.on(files.data());
    }

    /// Starts on a port that is free, and returns it.
    int startOnFreePort() throws IOException {
        for (int tries = 0; tries < PORT_TRIES; tries++) {
            int port = FreePort.choose();
            // A port taken between choosing and binding is answered by the next one.
            if (start(port)) {
                return port;
            }
        }
        throw new LocalServerException(
                PORT_TRIES
                        + " free ports in a row were taken by others before the engine had them");
    }

    /// Starts on this port; false when it is taken.
    boolean start(int port) throws IOException {
        files.write(password, options.memoryBytesMax());
        long logFrom = Files.exists(files.log()) ? Files.size(files.log()) : 0;
        Process engine = launch(port);
        boolean ready =
                Waiting.until(options.startTimeout(), () -> !engine.isAlive() || answers(port));
        if (ready && engine.isAlive()) {
            return true;
        }
        abandon();
        String log = tail(logFrom);
        if (log.contains("Address already in use")) {
            return false;
        }
        throw new LocalServerException(
                "ClickHouse did not start within %d s in %s\nlast lines of its log:\n%s"
                        .formatted(options.startTimeout().toSeconds(), files.folder(), log));
    }

    private Process launch(int port) throws IOException {
        Path home = Path.of(System.getProperty("java.home"));
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", BECOME, "sh", files.pid().toString()));
        command.addAll(java(home));
        command.addAll(
                List.of(
                        library.toString(),
                        "--config-file=" + files.settings(),
                        "--path=" + files.data() + "/",
                        "--http_port=" + port,
                        "--listen_host=127.0.0.1",
                        "--query=" + SERVE));
        var builder = new ProcessBuilder(command);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        // Without it the engine takes the JVM's signal handlers away, and the JVM dies.
        builder.environment().put("LD_PRELOAD", home.resolve("lib/libjsig.so").toString());
        Process engine =
                builder.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(files.log().toFile()))
                        .start();
        leash = engine.getOutputStream();
        return engine;
    }

    private static List<String> java(Path home) {
        return List.of(
                home.resolve("bin/java").toString(),
                "-Xmx64m",
                // The engine's main thread is a thread of this JVM.
                "-Xss8m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                ownClassPath(),
                ClickHouseMain.class.getName());
    }

    private static String ownClassPath() {
        try {
            var source = ClickHouseMain.class.getProtectionDomain().getCodeSource();
            return Path.of(source.getLocation().toURI()).toString();
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException("where this class is has a strange name", e);
        }
    }

    /// Whether the engine with our password answers there, and not another one.
    private boolean answers(int port) {
        try {
            var connection =
                    (HttpURLConnection)
                            URI.create("http://127.0.0.1:" + port + "/?query=SELECT%201")
                                    .toURL()
                                    .openConnection();
            connection.setConnectTimeout(PROBE_MILLIS);
            connection.setReadTimeout(PROBE_MILLIS);
            connection.setRequestProperty("X-ClickHouse-User", LocalClickHouse.USER);
            connection.setRequestProperty("X-ClickHouse-Key", password);
            // At its end the engine waits for connections that are kept.
            connection.setRequestProperty("Connection", "close");
            try (InputStream answer = connection.getInputStream()) {
                return new String(answer.readAllBytes(), StandardCharsets.UTF_8).equals("1\n");
            }
        } catch (IOException e) {
            // Not yet.
            return false;
        }
    }

    /// Ends the engine in order; no effect when it does not run.
    @Override
    public void stop() {
        process()
                .ifPresent(process -> {
                    process.signal("CONT");
                    letGo();
                    if (!process.awaitEnd(CLEAN_STOP)) {
                        process.end(HARD_STOP);
                    }
                });
        letGo();
    }

    /// Ends the engine at once with SIGKILL; no effect when it does not run.
    @Override
    public void abandon() {
        process().ifPresent(process -> process.end(HARD_STOP));
        letGo();
    }

    private void letGo() {
        OutputStream held = leash;
        leash = null;
        if (held != null) {
            try {
                held.close();
            } catch (IOException e) {
                // The engine ended before.
            }
        }
    }

    private String tail(long from) throws IOException {
        if (!Files.exists(files.log())) {
            return "(it wrote none)";
        }
        byte[] bytes = Files.readAllBytes(files.log());
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
