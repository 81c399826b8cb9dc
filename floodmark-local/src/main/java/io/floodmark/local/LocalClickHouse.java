package io.floodmark.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// A real ClickHouse engine on loopback, in a process of its own, that ends at its close or with
/// this JVM, however that ends. It answers ClickHouse's HTTP interface to requests that name user
/// and password in the headers `X-ClickHouse-User` and `X-ClickHouse-Key`.
///
/// Its data goes with it, unless it was started in a folder to keep. It is the engine of a
/// ClickHouse server without the server around it: inserts with `async_insert` run at once instead
/// of being gathered, and there is neither replication nor a Keeper. Failures are
/// [LocalServerException]. *Threads:* the address is for all; start, stop, restart and the faults
/// are for one thread at a time.
public final class LocalClickHouse implements AutoCloseable {
    static final String USER = "floodmark";

    private final HousedServer server;
    private final ClickHouseInstance instance;
    private final String password;
    private final int port;

    private LocalClickHouse(
            HousedServer server, ClickHouseInstance instance, String password, int port) {
        this.server = server;
        this.instance = instance;
        this.password = password;
        this.port = port;
    }

    /// How to start an engine.
    ///
    /// @param memoryBytesMax memory at which it refuses more work; default 2 GiB
    /// @param startTimeout how long it may take to answer; default 60 s
    public record Options(long memoryBytesMax, Duration startTimeout) {
        private static final long MEMORY_MIN = 512L << 20;

        /// Checks the values.
        public Options {
            if (memoryBytesMax < MEMORY_MIN || startTimeout.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException(
                        "memoryBytesMax must be at least %d and startTimeout 1 s, were %d and %s"
                                .formatted(MEMORY_MIN, memoryBytesMax, startTimeout));
            }
        }

        /// The documented defaults.
        public static Options defaults() {
            return new Options(2L << 30, Duration.ofSeconds(60));
        }
    }

    /// Why there can be none on this machine, if so: another system than Linux on x86_64, or no npm
    /// to fetch the engine with.
    public static Optional<String> unavailable() {
        try {
            return ClickHouseLibrary.missing(UserFolders.current().writableCache());
        } catch (IOException e) {
            throw new LocalServerException("could not look into the cache folder: " + e, e);
        }
    }

    /// Starts an engine with the default options: in a second, and some seconds more for the
    /// download the first time on a machine.
    public static LocalClickHouse start() {
        return start(Options.defaults());
    }

    /// Starts an engine whose data goes with it.
    public static LocalClickHouse start(Options options) {
        return start(options, ServerHome::thrownAway);
    }

    /// Starts an engine on the data in this folder, which is made if it is missing and stays; its
    /// password is another one each time.
    public static LocalClickHouse startIn(Path path, Options options) {
        return start(options, _ -> ServerHome.keptIn(path));
    }

    /// Starts this user's engine, whose data stays where `floodmark local` keeps its own.
    public static LocalClickHouse startOfUser(Options options) {
        return startIn(ServerHome.ofUser("clickhouse"), options);
    }

    private static LocalClickHouse start(Options options, ServerHome.Maker homes) {
        try {
            Path cache = UserFolders.current().writableCache();
            Path library = ClickHouseLibrary.locate(cache);
            ServerHome home = homes.in(cache);
            String password = Passwords.random();
            var files = new ClickHouseFiles(home.path());
            var instance = new ClickHouseInstance(library, files, options, password);
            var server = new HousedServer("the engine", home, instance);
            try {
                // Of an owner that was killed together with its guard.
                instance.abandon();
                int port = instance.startOnFreePort();
                var engine = new LocalClickHouse(server, instance, password, port);
                files.writeClient(engine.url(), password);
                return engine;
            } catch (IOException | RuntimeException e) {
                server.abandon();
                throw e;
            }
        } catch (IOException e) {
            throw new LocalServerException("could not start a local ClickHouse: " + e, e);
        }
    }

    /// Where its HTTP interface is.
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// The user who may do everything.
    public String user() {
        return USER;
    }

    /// That user's password.
    public String password() {
        return password;
    }

    /// Process id; an exception when the engine does not run.
    public long pid() {
        return server.running().pid();
    }

    /// Whether the engine's process exists, paused or not.
    public boolean isRunning() {
        return server.isRunning();
    }

    /// The data folder; it is gone after [#close()] unless it is kept.
    public Path dataDirectory() {
        return instance.files().data();
    }

    /// A file with address and password that only its owner can read: `curl -K FILE -d 'SELECT 1'`.
    public Path clientFile() {
        return instance.files().client();
    }

    /// The engine's log; it is gone after [#close()] unless it is kept.
    public Path logFile() {
        return instance.files().log();
    }

    /// Stops the engine in order and keeps its data.
    public void stop() {
        instance.stop();
    }

    /// Starts the stopped or killed engine again on the same port and data; a running one is
    /// stopped first.
    public void restart() {
        stop();
        try {
            if (!instance.start(port)) {
                throw new LocalServerException(
                        "another program took port %d while the engine was down".formatted(port));
            }
        } catch (IOException e) {
            throw new LocalServerException("could not restart the local ClickHouse: " + e, e);
        }
    }

    /// Ends the engine with SIGKILL, as in a crash, and waits for its end.
    public void killNine() {
        server.killNine();
    }

    /// Stops the engine with SIGSTOP: connections stay open and are silent.
    public void pause() {
        server.pause();
    }

    /// Lets a paused engine go on.
    public void resume() {
        server.resume();
    }

    /// Ends the engine and deletes its data, unless they are kept; repeated calls have no effect.
    @Override
    public void close() {
        server.close();
    }

    @Override
    public String toString() {
        return "LocalClickHouse[" + url() + "]";
    }
}
