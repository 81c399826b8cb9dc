package io.floodmark.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A real, durable PostgreSQL server on loopback, version 18 unless told otherwise, that ends, with
/// its data, at its close or with this JVM, however that ends.
///
/// Password logins only, `pg_stat_statements` created in database `postgres`, 200 connections.
/// Failures are [LocalServerException]. *Threads:* the address is for all; start, stop, restart and
/// the faults are for one thread at a time.
public final class LocalPostgres implements AutoCloseable {
    private final ThrowAwayServer server;
    private final Options options;
    private final ServerAddress address;

    private LocalPostgres(ThrowAwayServer server, Options options, ServerAddress address) {
        this.server = server;
        this.options = options;
        this.address = address;
    }

    /// How to start a server.
    ///
    /// @param settings server settings that replace or add to the defaults; fsync must stay on
    /// @param startTimeout how long the server may take to accept connections
    /// @param programs what runs
    public record Options(
            SortedMap<String, String> settings, Duration startTimeout, ServerPrograms programs) {
        /// Checks and copies the values.
        public Options {
            settings = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(settings));
            if (startTimeout.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException(
                        "startTimeout must be at least 1 s, was " + startTimeout);
            }
        }

        /// No settings of one's own, 60 s to start, and PostgreSQL 18.
        public static Options defaults() {
            return new Options(
                    new TreeMap<>(), Duration.ofSeconds(60), new ServerPrograms.Bundled());
        }

        /// The same with one more server setting.
        public Options with(String setting, String value) {
            var more = new TreeMap<>(settings);
            more.put(setting, value);
            return new Options(more, startTimeout, programs);
        }

        /// The same with other programs.
        public Options with(ServerPrograms other) {
            return new Options(settings, startTimeout, other);
        }
    }

    /// Starts a server with the default options.
    public static LocalPostgres start() {
        return start(Options.defaults());
    }

    /// Starts a server: well under a second, a few seconds the first time on a machine.
    public static LocalPostgres start(Options options) {
        PostgresBinaries binaries = PostgresBinaries.locate(options.programs());
        try {
            ThrowAwayServer server = ThrowAwayServer.open(binaries);
            try {
                String password = Passwords.random();
                new DataFolders(binaries).copyTemplate(server.instance().data(), password);
                int port =
                        server.instance()
                                .startOnFreePort(options.settings(), options.startTimeout());
                var address = ServerAddress.loopback(port, password);
                ServerChecks.verify(address, options.programs());
                return new LocalPostgres(server, options, address);
            } catch (IOException | RuntimeException e) {
                server.closeAfter(e);
                throw e;
            }
        } catch (IOException e) {
            throw new LocalServerException("could not start a local PostgreSQL: " + e, e);
        }
    }

    /// Where the server is reached, and with which credentials.
    public ServerAddress address() {
        return address;
    }

    Options options() {
        return options;
    }

    /// The JDBC URL, without credentials.
    public String url() {
        return address.url();
    }

    /// The URI that psql and other libpq programs take, **with the password**.
    public String libpqUri() {
        return address.libpqUri();
    }

    /// The loopback address.
    public String host() {
        return address.host();
    }

    /// TCP port; the same after [#restart()].
    public int port() {
        return address.port();
    }

    /// The database.
    public String database() {
        return address.database();
    }

    /// The superuser.
    public String user() {
        return address.user();
    }

    /// The superuser's password.
    public String password() {
        return address.password();
    }

    /// Process id of the postmaster; an exception when the server does not run.
    public long pid() {
        return server.instance().running(address).pid();
    }

    /// The data folder; it is gone after [#close()].
    public Path dataDirectory() {
        return server.instance().data();
    }

    /// The server's log; it is gone after [#close()].
    public Path logFile() {
        return server.instance().log();
    }

    /// Whether the server's process exists, frozen or not.
    public boolean isRunning() {
        return server.instance().process().isPresent();
    }

    /// Crashes and hangs for tests.
    public ServerFaults faults() {
        return new ServerFaults(server.instance(), address);
    }

    /// Stops the server with a checkpoint, ending its sessions, and keeps its data.
    public void stop() {
        server.instance().stop();
    }

    /// Starts the stopped or crashed server again on the same port; a running one is stopped first.
    public void restart() {
        stop();
        try {
            Map<String, String> settings = options.settings();
            switch (server.instance().start(port(), settings, options.startTimeout())) {
                case ServerInstance.Start.Started _ ->
                        ServerChecks.verify(address, options.programs());
                case ServerInstance.Start.PortTaken _ ->
                        throw new LocalServerException(
                                "another program took port %d while the server was down"
                                        .formatted(port()));
            }
        } catch (IOException e) {
            throw new LocalServerException("could not restart the local PostgreSQL: " + e, e);
        }
    }

    /// Ends the server and deletes its data; repeated calls have no effect.
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new LocalServerException("could not remove the server's folder: " + e, e);
        }
    }

    @Override
    public String toString() {
        return "LocalPostgres[" + address + "]";
    }
}
