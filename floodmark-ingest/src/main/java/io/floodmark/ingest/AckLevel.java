package io.floodmark.ingest;

import java.util.Locale;

/// What an acknowledgement promises. From `DISK` on it survives the end of this process.
public enum AckLevel {
    /// It was checked and lies in memory: lost if the process ends.
    MEMORY,
    /// It is in this node's journal, flushed to disk: lost with that disk.
    DISK,
    /// Its transaction is committed in PostgreSQL.
    POSTGRES,
    /// All in-sync replicas of its Kafka partition have it.
    KAFKA,
    /// ClickHouse answered its insert.
    CLICKHOUSE;

    /// As in answers and metrics.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether it survives the end of this process.
    public boolean durable() {
        return this != MEMORY;
    }
}
