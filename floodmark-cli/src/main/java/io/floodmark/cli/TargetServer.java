package io.floodmark.cli;

import io.floodmark.load.config.HostAndPort;
import io.floodmark.load.config.ReadFrom;
import io.floodmark.load.config.RunConfig;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.postgres.Password;
import io.floodmark.local.LocalPostgres;
import io.floodmark.local.LocalReplica;
import java.util.Optional;
import java.util.function.Consumer;

/// The server that takes the load: the one that the user named, or a private one for this run.
///
/// @param database how to reach it; empty when only a running service is loaded, whose database
///   nobody named
/// @param replica how to reach its replica, when reads go to one
/// @param own the private server, if it is one
/// @param ownReplica the private server's replica, if reads go to one
record TargetServer(
        Optional<ConnectionTarget> database,
        Optional<ConnectionTarget> replica,
        Optional<LocalPostgres> own,
        Optional<LocalReplica> ownReplica)
        implements AutoCloseable {

    static TargetServer of(RunConfig config, Consumer<String> progress) {
        if (config.ingest().service().isPresent() && config.connection().isEmpty()) {
            return new TargetServer(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }
        return config.connection()
                .map(connection -> named(connection, config.events().replica()))
                .orElseGet(() -> started(config, progress));
    }

    /// How to reach it, where there is one.
    ConnectionTarget target() {
        return database.orElseThrow(
                () -> new IllegalStateException("this run was given no database"));
    }

    private static TargetServer named(
            RunConfig.Connection connection, Optional<HostAndPort> replica) {
        return new TargetServer(
                Optional.of(target(connection, connection.host(), connection.port())),
                replica.map(at -> target(connection, at.host(), at.port())),
                Optional.empty(),
                Optional.empty());
    }

    private static ConnectionTarget target(RunConfig.Connection connection, String host, int port) {
        return new ConnectionTarget(
                host,
                port,
                connection.database(),
                connection.user(),
                connection.password(),
                connection.sslMode(),
                ConnectionTarget.DEFAULT_APPLICATION_NAME);
    }

    private static TargetServer started(RunConfig config, Consumer<String> progress) {
        progress.accept("starting a private PostgreSQL 18");
        LocalPostgres server = LocalPostgres.start();
        boolean wantsReplica =
                config.load().workload().equals("events")
                        && config.events().readFrom() == ReadFrom.REPLICA;
        try {
            Optional<LocalReplica> replica =
                    wantsReplica ? Optional.of(replicaOf(server, progress)) : Optional.empty();
            return new TargetServer(
                    Optional.of(target(server, server.port())),
                    replica.map(one -> target(server, one.port())),
                    Optional.of(server),
                    replica);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static LocalReplica replicaOf(LocalPostgres server, Consumer<String> progress) {
        progress.accept("starting its streaming replica");
        return LocalReplica.start(server, "floodmark_reads");
    }

    private static ConnectionTarget target(LocalPostgres server, int port) {
        return ConnectionTarget.of(
                server.host(),
                port,
                server.database(),
                server.user(),
                Password.of(server.password()));
    }

    @Override
    public void close() {
        ownReplica.ifPresent(LocalReplica::close);
        own.ifPresent(LocalPostgres::close);
    }
}
