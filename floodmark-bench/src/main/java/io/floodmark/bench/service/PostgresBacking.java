package io.floodmark.bench.service;

import io.floodmark.bench.stores.Database;
import io.floodmark.cli.Main;
import io.floodmark.local.LocalPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// A private PostgreSQL, durable as always.
final class PostgresBacking implements Backing {
    private static final String SCHEMA = "ingest_bench";

    private final LocalPostgres server;

    /// @param settings of the server that replace or add to the usual ones
    PostgresBacking(Map<String, String> settings) {
        LocalPostgres.Options options = LocalPostgres.Options.defaults();
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            options = options.with(setting.getKey(), setting.getValue());
        }
        this.server = LocalPostgres.start(options);
    }

    @Override
    public Start start() {
        return new Start(
                Main.class.getName(),
                List.of(
                        "ingest",
                        "--host=" + server.host(),
                        "--port=" + server.port(),
                        "--user=" + server.user(),
                        "--database=" + server.database(),
                        "--schema=" + SCHEMA,
                        "--listen-port=0",
                        "--stop-at-eof"),
                Map.of("DB_PASSWORD", server.password()));
    }

    @Override
    public OptionalLong pid() {
        return OptionalLong.of(server.pid());
    }

    /// After a checkpoint there are WAL segments to be used again. A server that has none writes 16
    /// MiB of zeros for each new one, and commits wait for that.
    @Override
    public void settle() throws SQLException {
        database().execute("CHECKPOINT");
    }

    private Database database() {
        return new Database(server.url(), server.user(), server.password());
    }

    /// The table is emptied in the transaction that counts it.
    @Override
    public OptionalLong takeStored() throws SQLException {
        try (Connection connection = database().open();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET search_path TO " + SCHEMA);
            statement.execute("LOCK TABLE ingest_events IN ACCESS EXCLUSIVE MODE");
            long events = count(statement, "ingest_events");
            statement.execute("TRUNCATE ingest_events");
            connection.commit();
            return OptionalLong.of(events);
        }
    }

    private static long count(Statement statement, String table) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
