package io.floodmark.cli;

import io.floodmark.cli.postgres.StoreTarget;
import io.floodmark.load.config.ConfigInputs;
import io.floodmark.load.config.ConfigLoader;
import io.floodmark.load.config.ConfigurationException;
import io.floodmark.load.config.Loaded;
import io.floodmark.load.config.RunConfig;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.postgres.Password;
import io.floodmark.local.LocalCluster;
import io.floodmark.local.ServerAddress;
import io.floodmark.local.ServerState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/// Options that say in which database a store is: those of `floodmark run`, or the server that
/// `floodmark local up` keeps.
final class StoreServer {
    private static final Path ENV_FILE_DEFAULT = Path.of(".env");

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Address of the primary, such as postgresql://app@db/app [DATABASE_URL]")
    private Optional<String> url = Optional.empty();

    @Option(names = "--host", paramLabel = "HOST", description = "Its host [DB_HOST]")
    private Optional<String> host = Optional.empty();

    @Option(names = "--port", paramLabel = "PORT", description = "Its port [DB_PORT]")
    private Optional<String> port = Optional.empty();

    @Option(
            names = "--user",
            paramLabel = "ROLE",
            description = "Role to log in as [DB_USER]; the password comes from DB_PASSWORD")
    private Optional<String> user = Optional.empty();

    @Option(names = "--database", paramLabel = "NAME", description = "Database [DB_NAME]")
    private Optional<String> database = Optional.empty();

    @Option(
            names = "--ssl-mode",
            paramLabel = "MODE",
            description = "How far to insist on TLS [DB_SSL_MODE]")
    private Optional<String> sslMode = Optional.empty();

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description = "File with variables, default .env if there is one")
    private Optional<Path> envFile = Optional.empty();

    @Option(
            names = "--schema",
            paramLabel = "NAME",
            defaultValue = "floodmark",
            description = "Schema of the store's tables (default: ${DEFAULT-VALUE})")
    private String schema = "floodmark";

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "What the names of the store's tables begin with (default: nothing)")
    private String prefix = "";

    /// Where the store is.
    ///
    /// @throws ConfigurationException when that is not said, or said wrongly
    StoreTarget target(Consumer<String> notices) {
        Loaded loaded = ConfigLoader.load(inputs());
        loaded.notices().forEach(notices);
        Optional<StoreTarget> named = loaded.config().connection().map(this::named);
        return named.orElseGet(this::kept);
    }

    private ConfigInputs inputs() {
        Map<String, List<String>> flags = new TreeMap<>();
        url.ifPresent(value -> flags.put("url", List.of(value)));
        host.ifPresent(value -> flags.put("host", List.of(value)));
        port.ifPresent(value -> flags.put("port", List.of(value)));
        user.ifPresent(value -> flags.put("user", List.of(value)));
        database.ifPresent(value -> flags.put("database", List.of(value)));
        sslMode.ifPresent(value -> flags.put("ssl-mode", List.of(value)));
        Optional<Path> env =
                envFile.or(() -> Optional.of(ENV_FILE_DEFAULT).filter(Files::isRegularFile));
        return new ConfigInputs(flags, System.getenv(), env, Optional.empty(), () -> 0);
    }

    private StoreTarget named(RunConfig.Connection connection) {
        return target(
                new ConnectionTarget(
                        connection.host(),
                        connection.port(),
                        connection.database(),
                        connection.user(),
                        connection.password(),
                        connection.sslMode(),
                        ConnectionTarget.DEFAULT_APPLICATION_NAME),
                Optional.empty());
    }

    private StoreTarget kept() {
        LocalCluster.Status status = LocalCluster.ofUser().status();
        return switch (status.primary()) {
            case ServerState.Running running ->
                    target(local(running.address()), replica(status.replica()));
            case ServerState.Stopped _, ServerState.Absent _ ->
                    throw new ConfigurationException(
                            List.of(
                                    "no server is named, and none is kept running here; name one with --url"
                                            + " or DB_HOST, or start one with: floodmark local up"));
        };
    }

    private static Optional<ConnectionTarget> replica(ServerState state) {
        return state instanceof ServerState.Running running
                ? Optional.of(local(running.address()))
                : Optional.empty();
    }

    private static ConnectionTarget local(ServerAddress address) {
        return ConnectionTarget.of(
                address.host(),
                address.port(),
                address.database(),
                address.user(),
                Password.of(address.password()));
    }

    private StoreTarget target(ConnectionTarget primary, Optional<ConnectionTarget> replica) {
        try {
            return new StoreTarget(primary, replica, schema, prefix);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of(String.valueOf(e.getMessage())));
        }
    }
}
