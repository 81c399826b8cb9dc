package io.floodmark.bench.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// What Linux tells of a process in `/proc/PID/stat` and `/proc/PID/status`.
///
/// @param ticks processor time of the process itself
/// @param childTicks processor time of its children that have ended
record ProcStat(long ticks, long childTicks) {
    /// The unit of `/proc`, USER_HZ, is 10 ms on all machines that run the JDK.
    private static final double TICKS_PER_SECOND = 100;

    private static final int UTIME = 11;
    private static final int STIME = 12;
    private static final int CUTIME = 13;
    private static final int CSTIME = 14;
    private static final String RESIDENT = "VmRSS:";

    static ProcStat of(long pid) throws IOException {
        return parse(read(pid, "stat"));
    }

    /// Reads the text of `/proc/PID/stat`; the name in parentheses may hold anything.
    static ProcStat parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return new ProcStat(
                Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME]),
                Long.parseLong(fields[CUTIME]) + Long.parseLong(fields[CSTIME]));
    }

    private static String read(long pid, String file) throws IOException {
        return Files.readString(
                Path.of("/proc", Long.toString(pid), file), StandardCharsets.ISO_8859_1);
    }

    double seconds() {
        return ticks / TICKS_PER_SECOND;
    }

    /// Seconds of a process and of all below it, those that have ended included.
    static double tree(long pid) throws IOException {
        ProcStat root = of(pid);
        long ticks = root.ticks + root.childTicks;
        for (ProcessHandle child : ProcessHandle.of(pid).orElseThrow().descendants().toList()) {
            try {
                ProcStat one = of(child.pid());
                ticks += one.ticks + one.childTicks;
            } catch (NoSuchFileException _) {
                // Ended meanwhile: its parent has its time.
            }
        }
        return ticks / TICKS_PER_SECOND;
    }

    /// Bytes of a process that are in memory.
    static long resident(long pid) throws IOException {
        return residentOf(read(pid, "status"));
    }

    /// Reads the text of `/proc/PID/status`.
    static long residentOf(String status) {
        return status.lines()
                .filter(line -> line.startsWith(RESIDENT))
                .mapToLong(line ->
                        Long.parseLong(line.substring(RESIDENT.length()).replace("kB", "").strip())
                                << 10)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no line of " + RESIDENT));
    }
}
