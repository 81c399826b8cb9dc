package io.floodmark.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A real Apache Kafka broker (KRaft, its own controller) on loopback, in a JVM of its own, that
/// ends at its close or with this JVM, however that ends.
///
/// Its data goes with it, unless it was started in a folder to keep. Topics are not made by
/// themselves. Failures are [LocalServerException]. *Threads:* the address is for all; start, stop,
/// restart and the faults are for one thread at a time.
public final class LocalKafka implements AutoCloseable {
    private final HousedServer server;
    private final KafkaInstance instance;
    private final KafkaFiles.Ports ports;

    private LocalKafka(HousedServer server, KafkaInstance instance, KafkaFiles.Ports ports) {
        this.server = server;
        this.instance = instance;
        this.ports = ports;
    }

    /// How to start a broker.
    ///
    /// @param settings broker settings that replace or add to the defaults
    /// @param tuning what its JVM is made for; default quick to start
    /// @param startTimeout how long it may take to be ready; default 90 s
    public record Options(
            SortedMap<String, String> settings, Tuning tuning, Duration startTimeout) {

        /// Checks and copies the values.
        public Options {
            settings = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(settings));
            if (startTimeout.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException(
                        "startTimeout must be at least 1 s, was " + startTimeout);
            }
        }

        /// No settings of one's own, quick to start, 90 s for it.
        public static Options defaults() {
            return new Options(new TreeMap<>(), Tuning.QUICK_START, Duration.ofSeconds(90));
        }

        /// The same with one more broker setting.
        public Options with(String setting, String value) {
            var more = new TreeMap<>(settings);
            more.put(setting, value);
            return new Options(more, tuning, startTimeout);
        }

        /// The same made for something else.
        public Options with(Tuning other) {
            return new Options(settings, other, startTimeout);
        }
    }

    /// What the broker's JVM is made for.
    public enum Tuning {
        /// Starts soon and stays small: 256 MiB of heap, code compiled once and quickly.
        QUICK_START("-Xmx256m -XX:TieredStopAtLevel=1"),
        /// Carries load: 512 MiB of heap, code compiled as well as can be.
        LOAD("-Xmx512m");

        private final String javaOptions;

        Tuning(String javaOptions) {
            this.javaOptions = javaOptions;
        }

        List<String> javaOptions() {
            return List.of(javaOptions.split(" ", -1));
        }
    }

    /// Starts a broker with the default options, in about 3 s.
    public static LocalKafka start() {
        return start(Options.defaults());
    }

    /// Starts a broker whose data goes with it.
    public static LocalKafka start(Options options) {
        return start(options, ServerHome::thrownAway);
    }

    /// Starts a broker on the data in this folder, which is made if it is missing and stays.
    public static LocalKafka startIn(Path path, Options options) {
        return start(options, _ -> ServerHome.keptIn(path));
    }

    /// Starts this user's broker, whose data stays where `floodmark local` keeps its own.
    public static LocalKafka startOfUser(Options options) {
        return startIn(ServerHome.ofUser("kafka"), options);
    }

    private static LocalKafka start(Options options, ServerHome.Maker homes) {
        try {
            Path cache = UserFolders.current().writableCache();
            Path jars = KafkaJars.locate(cache);
            ServerHome home = homes.in(cache);
            var instance = new KafkaInstance(cache, jars, new KafkaFiles(home.path()), options);
            var server = new HousedServer("the broker", home, instance);
            try {
                // Of an owner that was killed together with its guard.
                instance.abandon();
                return new LocalKafka(server, instance, instance.startOnFreePorts());
            } catch (IOException | RuntimeException e) {
                server.abandon();
                throw e;
            }
        } catch (IOException e) {
            throw new LocalServerException("could not start a local Kafka: " + e, e);
        }
    }

    /// What clients take as `bootstrap.servers`.
    public String bootstrapServers() {
        return "127.0.0.1:" + ports.broker();
    }

    /// TCP port; the same after [#restart()].
    public int port() {
        return ports.broker();
    }

    /// Process id; an exception when the broker does not run.
    public long pid() {
        return server.running().pid();
    }

    /// Whether the broker's process exists, paused or not.
    public boolean isRunning() {
        return server.isRunning();
    }

    /// The data folder; it is gone after [#close()] unless it is kept.
    public Path dataDirectory() {
        return instance.files().data();
    }

    /// The broker's log; it is gone after [#close()] unless it is kept.
    public Path logFile() {
        return instance.files().log();
    }

    /// The folder with the jars of Kafka, its tools among them.
    public Path jars() {
        return instance.jars();
    }

    /// Stops the broker in order (SIGTERM) and keeps its data.
    public void stop() {
        instance.stop();
    }

    /// Starts the stopped or killed broker again on the same port and data; a running one is
    /// stopped first.
    public void restart() {
        stop();
        try {
            if (!instance.start(ports)) {
                throw new LocalServerException(
                        "another program took port %d or %d while the broker was down"
                                .formatted(ports.broker(), ports.controller()));
            }
        } catch (IOException e) {
            throw new LocalServerException("could not restart the local Kafka: " + e, e);
        }
    }

    /// Ends the broker with SIGKILL, as in a crash, and waits for its end.
    public void killNine() {
        server.killNine();
    }

    /// Stops the broker with SIGSTOP: connections stay open and are silent.
    public void pause() {
        server.pause();
    }

    /// Lets a paused broker go on.
    public void resume() {
        server.resume();
    }

    /// Ends the broker and deletes its data, unless they are kept; repeated calls have no effect.
    @Override
    public void close() {
        server.close();
    }

    @Override
    public String toString() {
        return "LocalKafka[" + bootstrapServers() + "]";
    }
}
