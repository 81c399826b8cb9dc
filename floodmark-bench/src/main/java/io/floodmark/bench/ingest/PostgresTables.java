package io.floodmark.bench.ingest;

import io.floodmark.bench.stores.Database;
import io.floodmark.load.time.SystemTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicLong;

/// The tables of `bench/ingest-postgres`: the sink's own, and one like it in which nothing tells
/// duplicates.
final class PostgresTables {
    /// Of all tables.
    static final String SCHEMA = "ingest_bench";

    private final Database database;

    PostgresTables(Database database) {
        this.database = database;
    }

    /// The sink's, with an index that tells duplicates.
    String events() {
        return SCHEMA + ".ingest_events";
    }

    /// The same columns and other indexes, and one partition.
    String plain() {
        return SCHEMA + ".plain_events";
    }

    /// After the sink has made its own.
    void makePlain() throws SQLException {
        database.execute(
                """
                CREATE TABLE %1$s (LIKE %2$s INCLUDING ALL) PARTITION BY RANGE (received_at);
                CREATE TABLE %1$s_all PARTITION OF %1$s FOR VALUES FROM ('2020-01-01') TO ('2120-01-01')
                """
                        .formatted(plain(), events()));
    }

    /// Makes yesterday's partition with so many events, before the sink writes.
    void fillYesterday(long count, EventIds ids, AtomicLong numbers) throws Exception {
        Instant yesterday = SystemTime.INSTANCE.now().minus(Duration.ofDays(1));
        LocalDate day = LocalDate.ofInstant(yesterday, ZoneOffset.UTC);
        database.execute(
                """
                CREATE TABLE %1$s_%2$s PARTITION OF %1$s
                FOR VALUES FROM ('%3$s 00:00:00+00') TO ('%4$s 00:00:00+00');
                CREATE UNIQUE INDEX ingest_events_%2$s_once ON %1$s_%2$s (event_id, tenant)
                """
                        .formatted(
                                events(),
                                day.format(DateTimeFormatter.BASIC_ISO_DATE),
                                day,
                                day.plusDays(1)));
        RawCopy.Rows rows = RawCopy.rows((int) Math.min(count, 10_000), yesterday);
        AtomicLong left = new AtomicLong(count);
        new RawCopy(
                        database,
                        events(),
                        rows,
                        new RawCopy.Numbers(ids, numbers),
                        () -> left.getAndAdd(-rows.count()) > 0)
                .call();
        database.execute("ANALYZE " + events());
    }

    /// Leaves nothing but the events of yesterday.
    void empty() throws SQLException {
        database.execute(
                """
                TRUNCATE %1$s;
                DO $$ DECLARE part regclass; BEGIN
                    FOR part IN SELECT oid::regclass FROM pg_inherits JOIN pg_class ON oid = inhrelid
                        WHERE inhparent = '%2$s'::regclass
                        AND right(relname, 8) >= to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDD')
                    LOOP EXECUTE 'TRUNCATE ' || part; END LOOP;
                END $$
                """
                        .formatted(plain(), events()));
        database.execute("CHECKPOINT");
    }

    void drop() throws SQLException {
        database.execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
    }
}
