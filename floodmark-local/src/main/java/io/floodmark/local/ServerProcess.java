package io.floodmark.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A running postmaster, known by the data folder that it serves, and its children.
///
/// @param pid process id of the postmaster
/// @param data its data folder
record ServerProcess(long pid, Path data) {
    private static final Duration SIGNAL_TIMEOUT = Duration.ofSeconds(10);

    /// The postmaster that runs on this data folder now. A process id left by a crash, or taken
    /// over by another program, is none.
    static Optional<ServerProcess> on(Path data) {
        return recordedPid(data)
                .map(pid -> new ServerProcess(pid, data))
                .filter(ServerProcess::isAlive);
    }

    static Optional<Long> recordedPid(Path data) {
        try (var lines = Files.lines(data.resolve("postmaster.pid"))) {
            return lines.findFirst().map(line -> Long.parseLong(line.strip()));
        } catch (IOException | NumberFormatException e) {
            // No such file: no server; an empty one: a server that is only just starting.
            return Optional.empty();
        }
    }

    boolean isAlive() {
        return isRunning(pid) && commandOf(pid).contains(data.toString());
    }

    /// Sends the signal (`INT`, `QUIT`, …) to the postmaster.
    void signal(String name) {
        send(name, List.of(pid));
    }

    /// Sends the signal to the postmaster and all its children; those that have ended are left out.
    void signalAll(String name) {
        send(name, family());
    }

    /// The postmaster and its children, as they are now.
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
        signal("QUIT");
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
