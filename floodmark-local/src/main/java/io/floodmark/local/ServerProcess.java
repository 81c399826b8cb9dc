package io.floodmark.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A running server, known by the data folder that it serves, and its children.
///
/// @param pid process id of the postmaster, broker or engine
/// @param data its data folder
/// @param kind what it is
record ServerProcess(long pid, Path data, Kind kind) {
    private static final Duration SIGNAL_TIMEOUT = Duration.ofSeconds(10);

    /// Servers differ in the file that tells their process id and in the signal that ends them
    /// without ceremony.
    enum Kind {
        POSTGRES("postmaster.pid", "QUIT"),
        KAFKA("broker.pid", "KILL"),
        CLICKHOUSE("engine.pid", "KILL");

        private final String pidFile;
        private final String halt;

        Kind(String pidFile, String halt) {
            this.pidFile = pidFile;
            this.halt = halt;
        }

        Path pidFile(Path data) {
            return data.resolve(pidFile);
        }
    }

    /// The server that runs on this data folder now. A process id left by a crash, or taken over by
    /// another program, is none.
    static Optional<ServerProcess> on(Path data) {
        return Stream.of(Kind.values())
                .flatMap(kind ->
                        recordedPid(data, kind)
                                .map(pid -> new ServerProcess(pid, data, kind))
                                .stream())
                .filter(ServerProcess::isAlive)
                .findFirst();
    }

    static Optional<Long> recordedPid(Path data, Kind kind) {
        try (var lines = Files.lines(kind.pidFile(data))) {
            return lines.findFirst().map(line -> Long.parseLong(line.strip()));
        } catch (IOException | NumberFormatException e) {
            // No such file: no server; an empty one: a server that is only just starting.
            return Optional.empty();
        }
    }

    boolean isAlive() {
        return isRunning(pid) && commandOf(pid).contains(data.toString());
    }

    /// Sends the signal (`INT`, `QUIT`, …) to the server.
    void signal(String name) {
        send(name, List.of(pid));
    }

    /// Sends the signal to the server and all its children; those that have ended are left out.
    void signalAll(String name) {
        send(name, family());
    }

    /// The server and its children, as they are now.
    List<Long> family() {
        var family = new ArrayList<Long>();
        family.add(pid);
        ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::children)
                .map(ProcessHandle::pid)
                .forEach(family::add);
        return family;
    }

    boolean awaitEnd(Duration timeout) {
        return Waiting.until(timeout, () -> !isAlive());
    }

    /// Ends the server whatever its state, in bounded time; for data that nobody needs any more.
    void end(Duration patience) {
        signalAll("CONT");
        signal(kind.halt);
        if (!awaitEnd(patience)) {
            List<Long> family = family();
            send("KILL", family);
            awaitAllGone(family, patience);
        }
    }

    static boolean awaitAllGone(List<Long> pids, Duration timeout) {
        return Waiting.until(timeout, () -> pids.stream().noneMatch(ServerProcess::isRunning));
    }

    static void send(String signal, List<Long> pids) {
        var command = new ArrayList<>(List.of("sh", "-c", "kill -s \"$@\"", "sh", signal));
        pids.forEach(pid -> command.add(Long.toString(pid)));
        try {
            // Its exit code is of no use: a child may have ended since it was listed.
            Program.run(command, "", SIGNAL_TIMEOUT);
        } catch (IOException e) {
            throw new LocalServerException("could not send signal " + signal + " to the server", e);
        }
    }

    /// False also for a zombie: in a container without a reaper it stays forever.
    private static boolean isRunning(long pid) {
        if (!ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state != 'Z' && state != 'X';
        } catch (IOException e) {
            // No such file: the process has just ended, or this system has no /proc.
            return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }
    }

    private static String commandOf(long pid) {
        return ProcessHandle.of(pid).flatMap(p -> p.info().commandLine()).orElse("");
    }
}
