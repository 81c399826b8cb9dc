package io.floodmark.cli;

import io.floodmark.cli.postgres.IngestDatabase;
import io.floodmark.ingest.Sink;
import io.floodmark.ingest.audit.AuditRange;
import io.floodmark.ingest.audit.StoredIds;
import io.floodmark.ingest.postgres.SinkSettings;
import io.floodmark.ingest.replay.DeadLetters;
import io.floodmark.store.TimeAndChance;

/// Ingestion's tables in PostgreSQL, looked at.
///
/// @param database with its connections
record PostgresIngestStore(IngestDatabase database) implements IngestStore {

    @Override
    public StoredIds storedIds(String tenant, AuditRange range) {
        return database.storedIds(tenant, range);
    }

    /// Looks for duplicates in all days that a sink can look through: a letter may be replayed long
    /// after its event was stored some other way.
    @Override
    public Sink sink() {
        return database.sink(
                SinkSettings.defaults().withDedupDays(SinkSettings.DEDUP_DAYS_MAX),
                TimeAndChance.system());
    }

    /// Brings the tables up to date first.
    @Override
    public DeadLetters deadLetters() {
        sink();
        return database.deadLetters();
    }

    @Override
    public void close() {
        database.close();
    }
}
