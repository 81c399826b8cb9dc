package io.floodmark.bench.harness;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The machine that the numbers belong to.
///
/// @param cores processors that this process may use
/// @param cpu model of the processor
/// @param os operating system, version and architecture
/// @param jdk virtual machine and version
/// @param load runnable threads, mean of the last minute before the start; negative when unknown
public record Machine(int cores, String cpu, String os, String jdk, double load) {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    public static Machine here() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                thisCpu(),
                property("os.name") + " " + property("os.version") + " " + property("os.arch"),
                property("java.vm.name") + " " + Runtime.version(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /// One line for people.
    public String describe() {
        return "%d cores of %s, %s, %s".formatted(cores, cpu, os, jdk);
    }

    private static String thisCpu() {
        try {
            return model(Files.readAllLines(CPU_INFO));
        } catch (IOException _) {
            return property("os.arch") + ", model unknown";
        }
    }

    static String model(List<String> cpuInfo) {
        return cpuInfo.stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(property("os.arch") + ", model unknown");
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
