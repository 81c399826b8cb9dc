package io.floodmark.cli;

import io.floodmark.ingest.clickhouse.ClickHouseAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Options that say where ClickHouse is; without an address they are about the one of `--local`.
final class ClickHousePlace {
    private static final URI ANYWHERE = URI.create("http://127.0.0.1:8123");

    @Option(
            names = "--clickhouse-url",
            paramLabel = "URL",
            description = "ClickHouse's HTTP interface, such as http://ch.example:8123")
    private Optional<URI> url = Optional.empty();

    @Option(
            names = "--clickhouse-user",
            paramLabel = "NAME",
            defaultValue = "default",
            description =
                    "User of it (default: ${DEFAULT-VALUE}); the password comes from CLICKHOUSE_PASSWORD")
    private String user = "default";

    @Option(
            names = "--clickhouse-database",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "Database of the tables (default: ${DEFAULT-VALUE})")
    private String database = "default";

    /// Whether an address is given.
    boolean named() {
        return url.isPresent();
    }

    /// The database, of whichever ClickHouse.
    String database() {
        return database;
    }

    /// Checks what was given, before anything is started.
    ///
    /// @throws IllegalArgumentException with a sentence for the user
    void check() {
        var _ = at(url.orElse(ANYWHERE), Map.of());
    }

    /// The ClickHouse that is named, if one is.
    Optional<ClickHouseAddress> address(Map<String, String> environment) {
        return url.map(at -> at(at, environment));
    }

    private ClickHouseAddress at(URI at, Map<String, String> environment) {
        String password = environment.getOrDefault("CLICKHOUSE_PASSWORD", "");
        return new ClickHouseAddress(at, user, password, database);
    }
}
