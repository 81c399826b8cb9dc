package io.floodmark.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// One PostgreSQL server in one folder (data, log and socket), which it starts and stops; it does
/// not care who owns the folder and how long it lives.
///
/// *Threads:* one at a time.
final class ServerInstance {
    private static final int PORT_TRIES = 5;
    private static final int LOG_LINES = 15;
    private static final long LOG_BYTES_MAX = 16 << 20;
    private static final Duration CLEAN_STOP = Duration.ofSeconds(60);
    private static final Duration HARD_STOP = Duration.ofSeconds(10);

    private final PostgresBinaries binaries;
    private final Path folder;

    ServerInstance(PostgresBinaries binaries, Path folder) {
        this.binaries = binaries;
        this.folder = folder;
    }

    /// How a start ended: a taken port can be answered by another one.
    sealed interface Start {
        /// The server accepts connections.
        record Started(ServerProcess process) implements Start {}

        /// Somebody else listens on the port.
        record PortTaken(int port) implements Start {}
    }

    Path data() {
        return folder.resolve("data");
    }

    Path log() {
        return folder.resolve("server.log");
    }

    Optional<ServerProcess> process() {
        return ServerProcess.on(data());
    }

    /// The process; an exception that names the address when it does not run.
    ServerProcess running(ServerAddress address) {
        return process()
                .orElseThrow(
                        () -> new LocalServerException("the server at " + address + " is down"));
    }

    /// Starts on a port that is free, and returns it.
    int startOnFreePort(Map<String, String> settings, Duration timeout) throws IOException {
        for (int tries = 0; tries < PORT_TRIES; tries++) {
            int port = FreePort.choose();
            // A port taken between choosing and binding is answered by the next one.
            if (start(port, settings, timeout) instanceof Start.Started) {
                return port;
            }
        }
        throw new LocalServerException(
                PORT_TRIES
                        + " free ports in a row were taken by others before the server had them");
    }

    Start start(int port, Map<String, String> settings, Duration timeout) throws IOException {
        writeSettings(port, settings);
        forgetForeignPid();
        putLongLogAside();
        long logFrom = Files.exists(log()) ? Files.size(log()) : 0;
        Program.Ended ended = runStart(timeout);
        Optional<ServerProcess> process = process();
        if (ended.succeeded() && process.isPresent()) {
            return new Start.Started(process.get());
        }
        process.ifPresent(p -> p.end(HARD_STOP));
        String log = logTail(logFrom);
        if (log.contains("could not bind")) {
            return new Start.PortTaken(port);
        }
        throw new LocalServerException(
                "PostgreSQL did not start within %d s in %s; %s\nlast lines of its log:\n%s"
                        .formatted(timeout.toSeconds(), folder, ended.output().strip(), log));
    }

    private Program.Ended runStart(Duration timeout) throws IOException {
        // pg_ctl gives the server a session of its own, so Ctrl-C in the terminal does not reach
        // it.
        List<String> arguments =
                List.of(
                        "start",
                        "--silent",
                        "--wait",
                        "--timeout=" + timeout.toSeconds(),
                        "--pgdata=" + data(),
                        "--log=" + log());
        return binaries.run("pg_ctl", arguments, "", timeout.plus(HARD_STOP));
    }

    private void writeSettings(int port, Map<String, String> settings) throws IOException {
        Path file = data().resolve(DataFolders.SETTINGS_FILE);
        Path next = data().resolve(DataFolders.SETTINGS_FILE + ".next");
        Files.writeString(next, ServerSettings.text(folder, port, settings));
        ServerAccount.current().own(next);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// A process id left by a crash may belong to another program by now, or still to a zombie; in
    /// both cases PostgreSQL would refuse to start. An id that does not exist is left for it to
    /// judge.
    private void forgetForeignPid() throws IOException {
        Optional<Long> recorded = ServerProcess.recordedPid(data(), ServerProcess.Kind.POSTGRES);
        if (process().isPresent() || recorded.flatMap(ProcessHandle::of).isEmpty()) {
            return;
        }
        Files.deleteIfExists(data().resolve("postmaster.pid"));
        for (Path file : CachedFolder.children(folder)) {
            // The socket and its lock, which records the same process id.
            if (file.getFileName().toString().startsWith(".s.PGSQL.")) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void putLongLogAside() throws IOException {
        if (Files.exists(log()) && Files.size(log()) > LOG_BYTES_MAX) {
            Path old = log().resolveSibling("server.log.old");
            Files.move(log(), old, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Stops the server with a checkpoint, ending its sessions; no effect when it does not run.
    void stop() {
        process().ifPresent(ServerInstance::stop);
    }

    private static void stop(ServerProcess process) {
        process.signalAll("CONT");
        process.signal("INT");
        if (!process.awaitEnd(CLEAN_STOP)) {
            process.end(HARD_STOP);
        }
    }

    /// Ends the server at once; for data that is thrown away.
    void abandon() {
        process().ifPresent(process -> process.end(HARD_STOP));
    }

    /// The last lines that the server wrote from this offset on.
    private String logTail(long from) throws IOException {
        if (!Files.exists(log())) {
            return "(it wrote none)";
        }
        byte[] bytes = Files.readAllBytes(log());
        int start = Math.clamp(from, 0, bytes.length);
        String text = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
        List<String> lines = text.lines().toList();
        return lines.stream()
                .skip(Math.max(0, lines.size() - LOG_LINES))
                .collect(Collectors.joining("\n"));
    }
}
