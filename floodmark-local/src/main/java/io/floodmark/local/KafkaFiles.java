package io.floodmark.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The files of one broker in its folder: data, settings and logs.
///
/// @param folder where all of them are
record KafkaFiles(Path folder) {
    private static final int NODE = 1;

    Path data() {
        return folder.resolve("data");
    }

    Path settings() {
        return data().resolve("broker.properties");
    }

    Path logging() {
        return data().resolve("log4j2.properties");
    }

    Path log() {
        return folder.resolve("server.log");
    }

    /// What the broker's JVM itself prints, for instance that it has no memory left.
    Path console() {
        return folder.resolve("console.log");
    }

    Path pid() {
        return ServerProcess.Kind.KAFKA.pidFile(data());
    }

    boolean formatted() {
        return Files.exists(records().resolve("meta.properties"));
    }

    /// Writes the settings for these ports.
    void write(Ports ports, Map<String, String> more) throws IOException {
        FileTrees.createPrivate(data());
        Map<String, String> all = new TreeMap<>(settings(ports));
        all.putAll(more);
        Files.writeString(
                settings(),
                all.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("\n", "", "\n")));
        Files.writeString(
                logging(),
                """
                rootLogger.level = INFO
                rootLogger.appenderRef.file.ref = file
                appender.file.type = RollingFile
                appender.file.name = file
                appender.file.fileName = %1$s
                appender.file.filePattern = %1$s.%%i
                appender.file.policies.type = Policies
                appender.file.policies.size.type = SizeBasedTriggeringPolicy
                appender.file.policies.size.size = 16MB
                appender.file.strategy.type = DefaultRolloverStrategy
                appender.file.strategy.max = 1
                appender.file.layout.type = PatternLayout
                appender.file.layout.pattern = [%%d] %%p %%m (%%c)%%n
                """
                        .formatted(log()));
    }

    Path records() {
        return data().resolve("records");
    }

    private Map<String, String> settings(Ports ports) {
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", Integer.toString(NODE)),
                Map.entry(
                        "controller.quorum.voters",
                        "%d@127.0.0.1:%d".formatted(NODE, ports.controller())),
                Map.entry("listeners", ports.listeners()),
                Map.entry("listener.security.protocol.map", "BROKER:PLAINTEXT,QUORUM:PLAINTEXT"),
                Map.entry("inter.broker.listener.name", "BROKER"),
                Map.entry("controller.listener.names", "QUORUM"),
                Map.entry("log.dirs", records().toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"));
    }

    /// Where a broker listens, on loopback.
    ///
    /// @param broker for clients
    /// @param controller for itself
    record Ports(int broker, int controller) {
        static Ports choose() throws IOException {
            return new Ports(FreePort.choose(), FreePort.choose());
        }

        String listeners() {
            return "BROKER://127.0.0.1:%d,QUORUM://127.0.0.1:%d".formatted(broker, controller);
        }
    }
}
