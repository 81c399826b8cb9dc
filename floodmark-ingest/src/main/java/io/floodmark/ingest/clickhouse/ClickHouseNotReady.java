package io.floodmark.ingest.clickhouse;

/// The sink cannot begin its work: ClickHouse is not there, or the user may not make the tables.
public final class ClickHouseNotReady extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClickHouseNotReady(String sentence) {
        super(sentence);
    }
}
