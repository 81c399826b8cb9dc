package io.floodmark.ingest.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/// The partitions of the events, one for each day of arrival in UTC, each with a unique index of
/// its own. *Threads:* for all writers.
///
/// An id is unique within a day by that index, and over days because the earlier ones are looked
/// through before an event is written. That is free of races because they do not change any more:
/// whoever opens a day first closes all days before it, which waits for transactions that write
/// into them and refuses all later ones, of this service or another.
///
/// The day before is made if it is missing, so that it can be closed: a clock that goes back meets
/// a day that is over.
final class Partitions {
    /// What a writer gets that comes too late for its day.
    static final String DAY_IS_OVER = "FM001";

    private static final String PREFIX = "ingest_events_";
    private static final String EVENTS = "ingest_events";

    private static final String ATTACHED_SQL =
            "SELECT FROM pg_inherits WHERE inhrelid = to_regclass(?) AND NOT inhdetachpending";

    private static final String TABLE_SQL = "SELECT FROM pg_class WHERE oid = to_regclass(?)";

    private static final String INDEX_SQL =
            """
            SELECT FROM pg_index WHERE indrelid = to_regclass(?) AND indisunique AND indisvalid
            AND indpred IS NULL AND indnkeyatts = 2 AND (
                SELECT array_agg(attname::text ORDER BY attname) FROM pg_attribute
                WHERE attrelid = indrelid AND attnum = ANY (indkey)) = '{event_id,tenant}'
            """;

    private final IngestSchema schema;
    private final int dedupDays;

    /// Open days, and for each the first one with events among those that are looked through.
    private final Map<LocalDate, LocalDate> open = new ConcurrentHashMap<>();

    private final AtomicReference<LocalDate> first = new AtomicReference<>(LocalDate.MIN);

    /// @param dedupDays how many days tell duplicates, the current one included
    Partitions(IngestSchema schema, int dedupDays) {
        this.schema = schema;
        this.dedupDays = dedupDays;
    }

    /// Days before this one are known to be over.
    LocalDate first() {
        return first.get();
    }

    /// From which day on events must be looked through, if the day is open.
    Optional<LocalDate> lookFrom(LocalDate day) {
        return Optional.ofNullable(open.get(day));
    }

    /// The day is over, although it was not by the clock: somebody has opened the one after it.
    void over(LocalDate day) {
        LocalDate next = day.plusDays(1);
        first.accumulateAndGet(next, (a, b) -> a.isAfter(b) ? a : b);
    }

    /// Forgets which days are open; they are looked at again.
    void forget() {
        open.clear();
    }

    /// Opens the day, in a transaction of its own: makes the partitions around it where they are
    /// missing, and closes the days before.
    void open(Connection connection, LocalDate day) throws SQLException {
        connection.setAutoCommit(false);
        lock(connection);
        make(connection, day.minusDays(1));
        make(connection, day);
        make(connection, day.plusDays(1));
        for (String partition : unclosedBefore(connection, day)) {
            close(connection, partition);
        }
        LocalDate from = firstWithEvents(connection, day);
        connection.commit();
        open.put(day, from);
    }

    /// Whether somebody dropped or detached that day's, which is then made or attached again when
    /// it is needed.
    boolean lost(Connection connection, LocalDate day) throws SQLException {
        boolean lost = !exists(connection, ATTACHED_SQL, day);
        if (lost) {
            open.remove(day);
        }
        return lost;
    }

    private static String name(LocalDate day) {
        return PREFIX + day.format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    private void lock(Connection connection) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement(
                        "SELECT pg_advisory_xact_lock(hashtextextended(?, 2))")) {
            lock.setString(1, schema.name());
            lock.execute();
        }
    }

    /// Attaches a table rather than making a partition, because that locks out nobody who reads or
    /// writes.
    private void make(Connection connection, LocalDate day) throws SQLException {
        String table = schema.table(name(day));
        String events = schema.table(EVENTS);
        try (Statement statement = connection.createStatement()) {
            if (lost(connection, day)) {
                if (!exists(connection, TABLE_SQL, day)) {
                    statement.execute(
                            "CREATE TABLE %s (LIKE %s INCLUDING ALL EXCLUDING IDENTITY)"
                                    .formatted(table, events));
                }
                statement.execute(
                        "ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM ('%s 00:00:00+00') TO ('%s 00:00:00+00')"
                                .formatted(events, table, day, day.plusDays(1)));
            }
            if (!exists(connection, INDEX_SQL, day)) {
                statement.execute("CREATE UNIQUE INDEX ON %s (event_id, tenant)".formatted(table));
            }
        }
    }

    /// @param sql that gives a row if it is so with the table that its parameter names
    private boolean exists(Connection connection, String sql, LocalDate day) throws SQLException {
        try (PreparedStatement look = connection.prepareStatement(sql)) {
            look.setString(1, schema.table(name(day)));
            try (ResultSet row = look.executeQuery()) {
                return row.next();
            }
        }
    }

    private List<String> unclosedBefore(Connection connection, LocalDate day) throws SQLException {
        String sql =
                """
                SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
                WHERE inhparent = ?::regclass AND relname ~ '^ingest_events_[0-9]{8}$' AND relname < ?
                AND NOT EXISTS (
                    SELECT FROM pg_trigger WHERE tgrelid = inhrelid AND tgname = 'ingest_day_is_over')
                ORDER BY relname
                """;
        List<String> names = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, schema.table(EVENTS));
            select.setString(2, name(day));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
        }
        return names;
    }

    /// Waits for the transactions that are writing into it.
    private void close(Connection connection, String partition) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    CREATE TRIGGER ingest_day_is_over BEFORE INSERT ON %s
                    FOR EACH ROW EXECUTE FUNCTION %s()
                    """
                            .formatted(
                                    schema.table(partition), schema.table("ingest_day_is_over")));
        }
    }

    private LocalDate firstWithEvents(Connection connection, LocalDate day) throws SQLException {
        String sql =
                """
                SELECT coalesce(min(right(relname, 8)), ?)
                FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
                WHERE inhparent = ?::regclass AND relname ~ '^ingest_events_[0-9]{8}$'
                AND relname >= ? AND relname < ? AND pg_relation_size(inhrelid) > 0
                """;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, day.format(DateTimeFormatter.BASIC_ISO_DATE));
            select.setString(2, schema.table(EVENTS));
            select.setString(3, name(day.minusDays(dedupDays - 1L)));
            select.setString(4, name(day));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return LocalDate.parse(row.getString(1), DateTimeFormatter.BASIC_ISO_DATE);
            }
        }
    }
}
