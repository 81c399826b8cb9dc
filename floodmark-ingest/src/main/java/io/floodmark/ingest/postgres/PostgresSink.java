package io.floodmark.ingest.postgres;

import io.floodmark.ingest.AckLevel;
import io.floodmark.ingest.Sink;
import io.floodmark.store.TimeAndChance;
import javax.sql.DataSource;

/// Keeps events in PostgreSQL: stored means committed.
///
/// Each writer has one connection, opened when it is needed and again after it broke. An event
/// whose id came on the same day (UTC) or on one of the days before that count is a duplicate, see
/// [SinkSettings#dedupDays()]. *Threads:* for all.
public final class PostgresSink implements Sink {
    private final DataSource database;
    private final IngestSchema schema;
    private final SinkSettings settings;
    private final TimeAndChance source;
    private final Partitions partitions;

    private PostgresSink(
            DataSource database, IngestSchema schema, SinkSettings settings, TimeAndChance source) {
        this.database = database;
        this.schema = schema;
        this.settings = settings;
        this.source = source;
        this.partitions = new Partitions(schema, settings.dedupDays());
    }

    /// Makes the tables where they are missing.
    ///
    /// @param database gives connections; the sink uses one for each writer
    /// @throws SinkNotReady when that is not possible
    public static PostgresSink open(
            DataSource database, IngestSchema schema, SinkSettings settings, TimeAndChance source) {
        schema.init(database);
        return new PostgresSink(database, schema, settings, source);
    }

    @Override
    public AckLevel level() {
        return AckLevel.POSTGRES;
    }

    @Override
    public Writer open() {
        Session session =
                new Session(database, settings.answer(), new BatchStatements(schema), partitions);
        return new PostgresWriter(session, settings, source);
    }
}
