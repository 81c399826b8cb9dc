package io.floodmark.cli;

import io.floodmark.cli.postgres.StoreTarget;
import io.floodmark.load.config.ConfigurationException;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.local.LocalCluster;
import io.floodmark.local.ServerState;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Options that say in which database a store is: those of `floodmark run`, or the server that
/// `floodmark local up` keeps.
final class StoreServer {
    @Mixin private ServerOptions server = new ServerOptions();

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
        return server.named(notices)
                .map(primary -> target(primary, Optional.empty()))
                .orElseGet(this::kept);
    }

    private StoreTarget kept() {
        LocalCluster.Status status = LocalCluster.ofUser().status();
        return switch (status.primary()) {
            case ServerState.Running running ->
                    target(ServerOptions.local(running.address()), replica(status.replica()));
            case ServerState.Stopped _, ServerState.Absent _ ->
                    throw new ConfigurationException(
                            List.of(
                                    "no server is named, and none is kept running here; name one with --url"
                                            + " or DB_HOST, or start one with: floodmark local up"));
        };
    }

    private static Optional<ConnectionTarget> replica(ServerState state) {
        return state instanceof ServerState.Running running
                ? Optional.of(ServerOptions.local(running.address()))
                : Optional.empty();
    }

    private StoreTarget target(ConnectionTarget primary, Optional<ConnectionTarget> replica) {
        try {
            return new StoreTarget(primary, replica, schema, prefix);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of(String.valueOf(e.getMessage())));
        }
    }
}
