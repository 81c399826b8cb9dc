package io.floodmark.cli;

import io.floodmark.load.config.ConfigInputs;
import io.floodmark.load.config.ConfigLoader;
import io.floodmark.load.config.ConfigurationException;
import io.floodmark.load.config.Loaded;
import io.floodmark.load.config.RunConfig;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.postgres.Password;
import io.floodmark.local.ServerAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/// Options that name a server: those of `floodmark run`.
final class ServerOptions {
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

    /// The server that is named, if one is.
    ///
    /// @throws ConfigurationException when it is named wrongly
    Optional<ConnectionTarget> named(Consumer<String> notices) {
        Loaded loaded = ConfigLoader.load(inputs());
        loaded.notices().forEach(notices);
        return loaded.config().connection().map(ServerOptions::target);
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

    private static ConnectionTarget target(RunConfig.Connection connection) {
        return new ConnectionTarget(
                connection.host(),
                connection.port(),
                connection.database(),
                connection.user(),
                connection.password(),
                connection.sslMode(),
                ConnectionTarget.DEFAULT_APPLICATION_NAME);
    }

    /// A server of `floodmark local`.
    static ConnectionTarget local(ServerAddress address) {
        return ConnectionTarget.of(
                address.host(),
                address.port(),
                address.database(),
                address.user(),
                Password.of(address.password()));
    }
}
