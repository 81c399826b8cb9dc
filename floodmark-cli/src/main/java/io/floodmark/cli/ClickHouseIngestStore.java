package io.floodmark.cli;

import io.floodmark.ingest.Sink;
import io.floodmark.ingest.audit.AuditRange;
import io.floodmark.ingest.audit.StoredIds;
import io.floodmark.ingest.clickhouse.ClickHouseAddress;
import io.floodmark.ingest.clickhouse.ClickHouseDeadLetters;
import io.floodmark.ingest.clickhouse.ClickHouseSink;
import io.floodmark.ingest.clickhouse.ClickHouseStoredIds;
import io.floodmark.ingest.clickhouse.InsertSettings;
import io.floodmark.ingest.metrics.ClickHouseMetrics;
import io.floodmark.ingest.replay.DeadLetters;
import io.floodmark.store.TimeAndChance;

/// Ingestion's tables in ClickHouse, looked at.
///
/// @param engine ends what was started for it
record ClickHouseIngestStore(ClickHouseAddress address, Runnable engine) implements IngestStore {

    @Override
    public StoredIds storedIds(String tenant, AuditRange range) {
        return new ClickHouseStoredIds(address, tenant, range.earliestArrival());
    }

    @Override
    public Sink sink() {
        return open();
    }

    private ClickHouseSink open() {
        return ClickHouseSink.open(
                address,
                InsertSettings.defaults(),
                new ClickHouseMetrics(IngestRegistry.create()),
                TimeAndChance.system());
    }

    /// Makes missing tables first.
    @Override
    public DeadLetters deadLetters() {
        open().close();
        return ClickHouseDeadLetters.open(address);
    }

    @Override
    public void close() {
        engine.run();
    }
}
