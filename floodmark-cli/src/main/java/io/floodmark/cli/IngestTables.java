package io.floodmark.cli;

import io.floodmark.cli.postgres.IngestDatabase;
import io.floodmark.ingest.postgres.IngestSchema;
import io.floodmark.load.config.ConfigurationException;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.local.LocalCluster;
import io.floodmark.local.ServerState;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Options that say where the tables of ingestion are, for commands that look into them: a server
/// that is named, or the one of `floodmark local`.
final class IngestTables {
    private static final int WRITERS = 1;

    @Mixin private ServerOptions server = new ServerOptions();

    @Option(
            names = "--schema",
            paramLabel = "NAME",
            defaultValue = "floodmark",
            description = "Schema of the tables (default: ${DEFAULT-VALUE})")
    private String schema = "floodmark";

    /// The database, with no connection yet.
    ///
    /// @throws ConfigurationException when it is not said, or said wrongly
    IngestDatabase open(Consumer<String> notices) {
        try {
            return IngestDatabase.of(
                    server.named(notices).orElseGet(IngestTables::kept),
                    new IngestSchema(schema),
                    WRITERS);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of(String.valueOf(e.getMessage())));
        }
    }

    private static ConnectionTarget kept() {
        return switch (LocalCluster.ofUser().status().primary()) {
            case ServerState.Running running -> ServerOptions.local(running.address());
            case ServerState.Stopped _, ServerState.Absent _ ->
                    throw new ConfigurationException(
                            List.of(
                                    "no server is named, and none is kept running here; name one with --url or DB_HOST"));
        };
    }
}
