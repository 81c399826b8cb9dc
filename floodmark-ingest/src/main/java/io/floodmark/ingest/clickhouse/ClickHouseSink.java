package io.floodmark.ingest.clickhouse;

import io.floodmark.ingest.AckLevel;
import io.floodmark.ingest.Sink;
import io.floodmark.ingest.metrics.ClickHouseMetrics;
import io.floodmark.store.TimeAndChance;

/// Keeps events in ClickHouse without Kafka in between, for small installations: stored means that
/// ClickHouse answered the insert and wrote its part to disk.
///
/// ClickHouse has no unique keys: an event whose id came in an earlier batch is stored again, and
/// the table keeps the first (`ingest_events_once` shows each event once). Only within one batch an
/// event is reported as a duplicate. *Threads:* for all.
public final class ClickHouseSink implements Sink, AutoCloseable {
    private final ClickHouseHttp http;
    private final InsertSettings settings;
    private final ClickHouseMetrics metrics;
    private final TimeAndChance source;

    private ClickHouseSink(
            ClickHouseHttp http,
            InsertSettings settings,
            ClickHouseMetrics metrics,
            TimeAndChance source) {
        this.http = http;
        this.settings = settings;
        this.metrics = metrics;
        this.source = source;
    }

    /// Makes the tables where they are missing.
    ///
    /// @throws ClickHouseNotReady when that is not possible
    public static ClickHouseSink open(
            ClickHouseAddress address,
            InsertSettings settings,
            ClickHouseMetrics metrics,
            TimeAndChance source) {
        return new ClickHouseSink(withTables(address, settings), settings, metrics, source);
    }

    /// The way to the tables, which are there.
    ///
    /// @throws ClickHouseNotReady when they cannot be made
    static ClickHouseHttp withTables(ClickHouseAddress address, InsertSettings settings) {
        ClickHouseHttp http = new ClickHouseHttp(address, settings.answer());
        try {
            makeTables(http);
        } catch (ClickHouseNotReady e) {
            http.close();
            throw e;
        }
        return http;
    }

    private static void makeTables(ClickHouseHttp http) {
        switch (new ClickHouseTables(http).make()) {
            case Answer.Done _ -> {
                // They are there.
            }
            case Answer.Refused(int code, String sentence) ->
                    throw new ClickHouseNotReady(
                            "ClickHouse (%s) refused to make the tables, code %d: %s"
                                    .formatted(http.address(), code, sentence));
            case Answer.Unreached(String sentence) -> throw new ClickHouseNotReady(sentence);
            case Answer.Lost(String sentence) -> throw new ClickHouseNotReady(sentence);
        }
    }

    /// Closes its connections; its writers are of no use any more.
    @Override
    public void close() {
        http.close();
    }

    @Override
    public AckLevel level() {
        return AckLevel.CLICKHOUSE;
    }

    @Override
    public Writer open() {
        return new ClickHouseWriter(new Inserter(http, settings, metrics, source), source);
    }
}
