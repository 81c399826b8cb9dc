package io.floodmark.load.output;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// `environment.json`: where the numbers come from. Machine, JVM, server and its settings; no
/// secrets, no environment variables.
public final class EnvironmentJson {

    private EnvironmentJson() {}

    /// The machine and the JVM of the generator.
    public static SortedMap<String, String> generator() {
        SortedMap<String, String> facts = new TreeMap<>();
        Runtime runtime = Runtime.getRuntime();
        facts.put("os", property("os.name") + " " + property("os.version"));
        facts.put("arch", property("os.arch"));
        facts.put("cores", Integer.toString(runtime.availableProcessors()));
        facts.put("java", property("java.vm.name") + " " + property("java.runtime.version"));
        facts.put("heap_max_mb", Long.toString(runtime.maxMemory() >> 20));
        if (ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system) {
            facts.put("memory_mb", Long.toString(system.getTotalMemorySize() >> 20));
        }
        facts.put(
                "jvm_flags",
                String.join(
                        " ",
                        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                                .filter(argument -> argument.startsWith("-X"))
                                .toList()));
        return facts;
    }

    static ObjectNode of(Map<String, String> server) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode generator = root.putObject("generator");
        generator().forEach(generator::put);
        ObjectNode node = root.putObject("server");
        new TreeMap<>(server).forEach(node::put);
        return root;
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
