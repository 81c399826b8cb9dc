package io.floodmark.bench.settings;

import io.floodmark.bench.stores.Database;
import io.floodmark.ingest.postgres.IngestSchema;
import io.floodmark.ingest.postgres.PostgresSink;
import io.floodmark.ingest.postgres.SinkSettings;
import io.floodmark.local.LocalPostgres;
import io.floodmark.store.TimeAndChance;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// The tables of ingestion on a private PostgreSQL, whose connections are not pooled: each that is
/// asked for is a new one.
final class EventTables implements AutoCloseable {
    private static final String SCHEMA = "settings_bench";

    private final LocalPostgres server = LocalPostgres.start();
    private final Database database = new Database(server.url(), server.user(), server.password());
    private final PostgresSink sink =
            PostgresSink.open(
                    unpooled(server),
                    new IngestSchema(SCHEMA),
                    SinkSettings.defaults(),
                    TimeAndChance.system());

    private static DataSource unpooled(LocalPostgres server) {
        var source = new PGSimpleDataSource();
        source.setURL(server.url());
        source.setUser(server.user());
        source.setPassword(server.password());
        return source;
    }

    PostgresSink sink() {
        return sink;
    }

    Database database() {
        return database;
    }

    /// As new.
    void empty() throws SQLException {
        database.execute("TRUNCATE %s.ingest_events".formatted(SCHEMA));
        database.execute("CHECKPOINT");
    }

    @Override
    public void close() {
        server.close();
    }
}
