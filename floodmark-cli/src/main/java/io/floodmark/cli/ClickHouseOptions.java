package io.floodmark.cli;

import io.floodmark.ingest.clickhouse.ClickHouseAddress;
import io.floodmark.ingest.clickhouse.FeedSettings;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Options of the sink in ClickHouse, and of the way there from Kafka.
final class ClickHouseOptions {
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
                    "Who inserts (default: ${DEFAULT-VALUE}); the password comes from CLICKHOUSE_PASSWORD")
    private String user = "default";

    @Option(
            names = "--clickhouse-database",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "Database of the tables (default: ${DEFAULT-VALUE})")
    private String database = "default";

    @Option(
            names = "--clickhouse",
            description =
                    "With --sink kafka: carry the events on from Kafka into ClickHouse, each once")
    private boolean fed;

    @Option(
            names = "--clickhouse-group",
            paramLabel = "NAME",
            defaultValue = "floodmark-clickhouse",
            description =
                    "Kafka's group that keeps the place of --clickhouse (default: ${DEFAULT-VALUE})")
    private String group = "floodmark-clickhouse";

    /// Whether events go on from Kafka into ClickHouse.
    boolean fed() {
        return fed;
    }

    /// Checks that there will be a ClickHouse if one is needed.
    ///
    /// @param local whether one may be started
    /// @throws IllegalArgumentException with a sentence for the user
    void check(SinkKind sink, boolean local) {
        if (fed && sink != SinkKind.KAFKA) {
            throw new IllegalArgumentException("--clickhouse needs --sink kafka");
        }
        if ((fed || sink == SinkKind.CLICKHOUSE) && url.isEmpty() && !local) {
            throw new IllegalArgumentException(
                    "ClickHouse needs either --clickhouse-url http://host:8123, or --local to start one");
        }
        address(Map.of());
    }

    /// The ClickHouse that is named, if one is.
    Optional<ClickHouseAddress> address(Map<String, String> environment) {
        String password = environment.getOrDefault("CLICKHOUSE_PASSWORD", "");
        return url.map(at -> new ClickHouseAddress(at, user, password, database));
    }

    /// The database, of whichever ClickHouse.
    String database() {
        return database;
    }

    /// Which events to carry on.
    FeedSettings feed(String bootstrap, String topic) {
        return FeedSettings.of(bootstrap, topic, group);
    }
}
