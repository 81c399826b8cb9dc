package io.floodmark.cli;

import io.floodmark.load.config.RunConfig;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.postgres.Password;
import io.floodmark.local.LocalPostgres;
import java.util.Optional;
import java.util.function.Consumer;

/// The server that takes the load: the one that the user named, or a private one for this run.
///
/// @param target how to reach it
/// @param own the private server, if it is one
record TargetServer(ConnectionTarget target, Optional<LocalPostgres> own) implements AutoCloseable {

    static TargetServer of(RunConfig config, Consumer<String> progress) {
        return config.connection().map(TargetServer::named).orElseGet(() -> started(progress));
    }

    private static TargetServer named(RunConfig.Connection connection) {
        return new TargetServer(
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

    private static TargetServer started(Consumer<String> progress) {
        progress.accept("starting a private PostgreSQL 18");
        LocalPostgres server = LocalPostgres.start();
        return new TargetServer(
                ConnectionTarget.of(
                        server.host(),
                        server.port(),
                        server.database(),
                        server.user(),
                        Password.of(server.password())),
                Optional.of(server));
    }

    @Override
    public void close() {
        own.ifPresent(LocalPostgres::close);
    }
}
