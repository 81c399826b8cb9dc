package io.floodmark.cli;

import io.floodmark.cli.postgres.IngestDatabase;
import io.floodmark.ingest.Sink;
import io.floodmark.ingest.audit.AuditRange;
import io.floodmark.ingest.audit.StoredIds;
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

    @Override
    public Sink sink() {
        return database.sink(TimeAndChance.system());
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
