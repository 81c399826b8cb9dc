package io.floodmark.cli.postgres;

import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.ingest.audit.AuditRange;
import io.floodmark.ingest.audit.StoredIds;
import io.floodmark.ingest.postgres.IngestSchema;
import io.floodmark.ingest.postgres.PostgresDeadLetters;
import io.floodmark.ingest.postgres.PostgresSink;
import io.floodmark.ingest.postgres.PostgresStoredIds;
import io.floodmark.ingest.postgres.SinkSettings;
import io.floodmark.ingest.replay.DeadLetters;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.store.TimeAndChance;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Instant;

/// The database that ingestion writes into, with its connections. Closing it ends them.
public final class IngestDatabase implements AutoCloseable {
    private final HikariDataSource pool;
    private final IngestSchema schema;

    private IngestDatabase(HikariDataSource pool, IngestSchema schema) {
        this.pool = pool;
        this.schema = schema;
    }

    /// Prepares connections, none yet.
    public static IngestDatabase of(ConnectionTarget target, IngestSchema schema, int writers) {
        HikariDataSource pool = StoreTarget.pool(target);
        // Migration needs three beside the writers' own.
        pool.setMaximumPoolSize(writers + 3);
        return new IngestDatabase(pool, schema);
    }

    /// Shows how its connections are used. Called before the first of them is opened.
    public IngestDatabase measuredBy(MeterRegistry registry) {
        pool.setMetricRegistry(registry);
        return this;
    }

    /// The sink, whose tables are made where they are missing.
    public PostgresSink sink(SinkSettings settings, TimeAndChance source) {
        // Or a batch would wait for a connection beyond its own patience, and the breaker would see
        // too few failures at a time to open.
        pool.setConnectionTimeout(settings.patience().toMillis());
        return PostgresSink.open(pool, schema, settings, source);
    }

    /// The ids that it holds.
    ///
    /// @param tenant name of the key; empty where there are no keys
    public StoredIds storedIds(String tenant, AuditRange range) {
        return new PostgresStoredIds(pool, schema, tenant, range.earliestArrival());
    }

    /// How many events of all tenants arrived since then.
    ///
    /// @throws IOException when they cannot be counted
    public long storedSince(Instant moment) throws IOException {
        return PostgresStoredIds.count(pool, schema, moment);
    }

    /// What it refused.
    public DeadLetters deadLetters() {
        return new PostgresDeadLetters(pool, schema);
    }

    @Override
    public void close() {
        pool.close();
    }
}
