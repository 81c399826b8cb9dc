package io.floodmark.ingest.clickhouse;

import java.util.List;
import java.util.Map;

/// The tables in ClickHouse, made where they are missing; tables of the same names that somebody
/// made otherwise, replicated ones for instance, are used as they are.
final class ClickHouseTables {
    /// How many inserts ClickHouse remembers by their tokens.
    private static final int REMEMBERED_INSERTS = 10_000;

    private final ClickHouseHttp http;

    ClickHouseTables(ClickHouseHttp http) {
        this.http = http;
    }

    /// Makes what is missing.
    Answer make() {
        Answer last = new Answer.Done("");
        for (String sql : List.of(events(), once(), deadLetters())) {
            last = http.run(sql, Map.of());
            if (!(last instanceof Answer.Done)) {
                return last;
            }
        }
        return last;
    }

    /// The insert of events, whose columns stand as [RowBinary] writes them.
    String insertEvents() {
        return """
        INSERT INTO %s (received_at, occurred_at, tenant, event_id, event_type, key, event, \
        batch, kafka_topic, kafka_partition, kafka_offset) FORMAT RowBinary\
        """
                .formatted(http.address().table("ingest_events"));
    }

    /// The insert of a dead letter.
    String insertDeadLetter() {
        return """
        INSERT INTO %s (received_at, tenant, event_id, event_type, code, reason, value, \
        kafka_topic, kafka_partition, kafka_offset) FORMAT RowBinary\
        """
                .formatted(http.address().table("ingest_dead_letters"));
    }

    /// The server's time, in microseconds since 1970.
    String now() {
        return "SELECT toString(toUnixTimestamp64Micro(now64(6)))";
    }

    /// Dead letters that were refused up to some time of the server and not replayed, in the order
    /// of arrival. What a letter is called follows from all that it holds but the time of its
    /// refusal, and begins with the time of arrival: by that the table is ordered, so that a page
    /// costs a page.
    String letters() {
        return """
        SELECT letter, tenant, event_id, event_type, toString(toUnixTimestamp(refused_at)),
            toString(code), toValidUTF8(reason), base64Encode(value)
        FROM (
            SELECT *, concat(
                leftPad(toString(toUnixTimestamp64Micro(received_at)), 20, '0'), '/',
                lower(hex(sipHash128(tenant, event_id, event_type, code, reason, value,
                    kafka_topic, kafka_partition, kafka_offset)))) AS letter
            FROM %s
            WHERE refused_at <= fromUnixTimestamp64Micro({opened:Int64}) AND received_at >=
                fromUnixTimestamp64Micro(toInt64OrZero(substring({after:String}, 1, 20))))
        WHERE letter > {after:String}
        AND letter NOT IN (SELECT letter FROM %s WHERE letter > {after:String})
        ORDER BY received_at, letter LIMIT {most:UInt32}
        SETTINGS max_block_size = 1024, read_in_order_use_buffering = 0
        """
                .formatted(http.address().table("ingest_dead_letters"), replayedTable());
    }

    /// Marks a letter.
    String insertReplayed() {
        return "INSERT INTO %s (letter) SELECT {letter:String}".formatted(replayedTable());
    }

    private String replayedTable() {
        return http.address().table("ingest_dead_letters_replayed");
    }

    /// What was replayed, made by those who replay.
    String replayed() {
        return """
        CREATE TABLE IF NOT EXISTS %s (
            letter      String,
            replayed_at DateTime64(6, 'UTC') DEFAULT now64(6)
        )
        ENGINE = MergeTree
        ORDER BY letter
        SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
        """
                .formatted(replayedTable());
    }

    /// How many different events with a mark there are; by time of arrival, which is the partition.
    String countMarked() {
        return """
        SELECT uniqExact(tenant, event_id) FROM %s
        WHERE batch = {mark:Int64}
        AND received_at >= fromUnixTimestamp64Micro({from:Int64})
        AND received_at <= fromUnixTimestamp64Micro({to:Int64})
        """
                .formatted(http.address().table("ingest_events"));
    }

    /// Of rows with the same tenant and event_id one stays, the first that arrived: ClickHouse
    /// removes the others when it merges, and `FINAL` does not show them before.
    private String events() {
        return """
        CREATE TABLE IF NOT EXISTS %s (
            received_at     DateTime64(6, 'UTC') CODEC(Delta, ZSTD),
            occurred_at     DateTime64(6, 'UTC') CODEC(Delta, ZSTD),
            tenant          LowCardinality(String),
            event_id        String,
            event_type      LowCardinality(String),
            key             String,
            event           String CODEC(ZSTD),
            batch           Int64 CODEC(ZSTD),
            kafka_topic     LowCardinality(String) DEFAULT '',
            kafka_partition Int32 DEFAULT -1,
            kafka_offset    Int64 DEFAULT -1 CODEC(Delta, ZSTD),
            first_wins      UInt64 MATERIALIZED toUInt64(9223372036854775807 - toUnixTimestamp64Micro(received_at)),
            user_id         String ALIAS JSONExtractString(event, 'user_id'),
            anonymous_id    String ALIAS JSONExtractString(event, 'anonymous_id'),
            session_id      String ALIAS JSONExtractString(event, 'session_id'),
            campaign        String ALIAS JSONExtractString(event, 'campaign'),
            source          String ALIAS JSONExtractString(event, 'source'),
            medium          String ALIAS JSONExtractString(event, 'medium'),
            channel         String ALIAS JSONExtractString(event, 'channel'),
            referrer        String ALIAS JSONExtractString(event, 'referrer'),
            click_id        String ALIAS JSONExtractString(event, 'click_id'),
            revenue         Nullable(Decimal(38, 10)) ALIAS JSONExtract(event, 'revenue', 'Nullable(Decimal(38, 10))'),
            currency        String ALIAS JSONExtractString(event, 'currency'),
            INDEX occurred_at_range occurred_at TYPE minmax
        )
        ENGINE = ReplacingMergeTree(first_wins)
        PARTITION BY toYYYYMM(received_at)
        ORDER BY (tenant, event_id)
        SETTINGS non_replicated_deduplication_window = %d,
            fsync_after_insert = 1, fsync_part_directory = 1
        """
                .formatted(http.address().table("ingest_events"), REMEMBERED_INSERTS);
    }

    private String once() {
        return "CREATE VIEW IF NOT EXISTS %s AS SELECT * FROM %s FINAL"
                .formatted(
                        http.address().table("ingest_events_once"),
                        http.address().table("ingest_events"));
    }

    private String deadLetters() {
        return """
        CREATE TABLE IF NOT EXISTS %s (
            received_at     DateTime64(6, 'UTC'),
            refused_at      DateTime64(6, 'UTC') DEFAULT now64(6),
            tenant          LowCardinality(String),
            event_id        String,
            event_type      String,
            code            Int32,
            reason          String,
            value           String CODEC(ZSTD),
            kafka_topic     LowCardinality(String) DEFAULT '',
            kafka_partition Int32 DEFAULT -1,
            kafka_offset    Int64 DEFAULT -1
        )
        ENGINE = MergeTree
        PARTITION BY toYYYYMM(received_at)
        ORDER BY (received_at, tenant, event_id)
        SETTINGS non_replicated_deduplication_window = %d,
            fsync_after_insert = 1, fsync_part_directory = 1
        """
                .formatted(http.address().table("ingest_dead_letters"), REMEMBERED_INSERTS);
    }
}
