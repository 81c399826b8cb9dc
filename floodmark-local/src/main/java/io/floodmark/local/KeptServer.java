package io.floodmark.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// One server of a kept cluster: a folder with data, log and its connection file, which only this
/// user can read.
final class KeptServer {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(5);
    private static final String CONNECTION_FILE = "connection.properties";
    private static final String MAJOR_VERSION = "18";

    private final Path folder;

    KeptServer(Path folder) {
        this.folder = folder;
    }

    boolean exists() {
        return Files.isDirectory(folder);
    }

    Path data() {
        return folder.resolve("data");
    }

    ServerState state() throws IOException {
        Optional<ServerAddress> address = address();
        if (address.isEmpty()) {
            return new ServerState.Absent();
        }
        ServerAddress known = address.get();
        return ServerProcess.on(data())
                .<ServerState>map(process -> new ServerState.Running(known, process.pid(), data()))
                .orElseGet(() -> new ServerState.Stopped(known, data()));
    }

    Optional<ServerAddress> address() throws IOException {
        return exists() ? Optional.of(readAddress(folder)) : Optional.empty();
    }

    /// Starts the server on the port that it had, or on another one when that is taken meanwhile.
    ServerAddress start(PostgresBinaries binaries, Map<String, String> settings)
            throws IOException {
        refuseOtherVersion();
        ServerAddress before = readAddress(folder);
        var instance = new ServerInstance(binaries, folder);
        int port =
                switch (instance.start(before.port(), settings, START_TIMEOUT)) {
                    case ServerInstance.Start.Started _ -> before.port();
                    case ServerInstance.Start.PortTaken _ ->
                            instance.startOnFreePort(settings, START_TIMEOUT);
                };
        var address = ServerAddress.loopback(port, before.password());
        if (port != before.port()) {
            writeAddress(folder, address);
        }
        ServerChecks.verify(address);
        return address;
    }

    void stop(PostgresBinaries binaries) {
        new ServerInstance(binaries, folder).stop();
    }

    private void refuseOtherVersion() throws IOException {
        String version = Files.readString(data().resolve("PG_VERSION")).strip();
        if (!version.equals(MAJOR_VERSION)) {
            throw new LocalServerException(
                    "%s was made by PostgreSQL %s, this is %s; remove it (down --remove) or run the older Floodmark"
                            .formatted(data(), version, MAJOR_VERSION));
        }
    }

    static void writeAddress(Path folder, ServerAddress address) throws IOException {
        Path next = folder.resolve(CONNECTION_FILE + ".next");
        Files.deleteIfExists(next);
        DataFolders.createPrivateFile(
                next,
                "port=%d%npassword=%s%nuri=%s%n"
                        .formatted(address.port(), address.password(), address.libpqUri()));
        Files.move(
                next,
                folder.resolve(CONNECTION_FILE),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static ServerAddress readAddress(Path folder) throws IOException {
        Path file = folder.resolve(CONNECTION_FILE);
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        try {
            int port = Integer.parseInt(properties.getProperty("port", ""));
            return ServerAddress.loopback(port, properties.getProperty("password", ""));
        } catch (IllegalArgumentException e) {
            throw new LocalServerException(
                    file + " is damaged: it needs lines port=… and password=…", e);
        }
    }
}
