package io.floodmark.load.certificate;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// A reading of what this process has used so far.
///
/// @param cpuNanos CPU time of all threads; empty when the system does not tell
/// @param gcMillis time that garbage collections reported
/// @param throttledMicros time that the control group was throttled; zero where there is none
record ProcessUsage(OptionalLong cpuNanos, long gcMillis, long throttledMicros) {

    private static final Path CGROUP_CPU = Path.of("/sys/fs/cgroup/cpu.stat");

    static ProcessUsage now() {
        return new ProcessUsage(cpu(), gc(), throttled());
    }

    /// The JVM itself says "unknown" by a negative number.
    private static OptionalLong cpu() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                        && system.getProcessCpuTime() >= 0
                ? OptionalLong.of(system.getProcessCpuTime())
                : OptionalLong.empty();
    }

    private static long gc() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(bean -> !bean.getName().contains("Cycles"))
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    private static long throttled() {
        try {
            return Files.readAllLines(CGROUP_CPU).stream()
                    .filter(line -> line.startsWith("throttled_usec "))
                    .mapToLong(line -> Long.parseLong(line.substring("throttled_usec ".length())))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | NumberFormatException _) {
            return 0; // no control groups of version 2 here
        }
    }
}
