package io.floodmark.store.postgres.snapshot;

import io.floodmark.store.Consistency;
import io.floodmark.store.Json;
import io.floodmark.store.Position;
import io.floodmark.store.QueryHash;
import io.floodmark.store.SaveResult;
import io.floodmark.store.Snapshot;
import io.floodmark.store.Snapshots;
import io.floodmark.store.StoreUnavailable;
import io.floodmark.store.postgres.read.LogReader;
import io.floodmark.store.postgres.read.Routing;
import io.floodmark.store.postgres.row.EventRows;
import io.floodmark.store.postgres.schema.StoreNames;
import io.floodmark.store.postgres.session.Deadline;
import io.floodmark.store.postgres.session.Session;
import io.floodmark.store.postgres.session.Sessions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Snapshots in one row each: saved and deleted on the primary, loaded from whoever is fresh
/// enough. *Threads:* for all.
public final class PostgresSnapshots implements Snapshots {
    /// How often saving starts again when the snapshot that stood in the way is deleted meanwhile.
    private static final int ATTEMPTS_MAX = 10;

    private final StoreNames names;
    private final Sessions primary;
    private final LogReader reader;
    private final LongSupplier nanos;

    /// Snapshots of the store with these names.
    public PostgresSnapshots(
            StoreNames names, Sessions primary, LogReader reader, LongSupplier nanos) {
        this.names = names;
        this.primary = primary;
        this.reader = reader;
        this.nanos = nanos;
    }

    private String saveSql() {
        return """
        INSERT INTO %s AS stored (projection, query_hash, position, taken_at, data)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (projection, query_hash) DO UPDATE
           SET position = excluded.position,
               taken_at = excluded.taken_at,
               data = excluded.data
         WHERE stored.position <= excluded.position
        """
                .formatted(names.snapshot());
    }

    private String storedSql() {
        return """
        SELECT position FROM %s WHERE projection = ? AND query_hash = ?
        """
                .formatted(names.snapshot());
    }

    @Override
    public SaveResult save(Snapshot snapshot, Duration timeout) {
        return primary.write(
                "save snapshot '" + snapshot.projection() + "'",
                Deadline.in(timeout, nanos),
                session -> save(session, snapshot));
    }

    private SaveResult save(Session session, Snapshot snapshot) throws SQLException {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            if (insertOrReplace(session, snapshot)) {
                return new SaveResult.Saved();
            }
            Optional<Position> stored = stored(session, snapshot);
            if (stored.isPresent()) {
                return new SaveResult.Superseded(stored.get());
            }
        }
        throw new StoreUnavailable(
                "snapshot '%s' was saved and deleted by others all the time; nothing was written"
                        .formatted(snapshot.projection()));
    }

    private boolean insertOrReplace(Session session, Snapshot snapshot) throws SQLException {
        try (PreparedStatement statement = session.prepare(saveSql())) {
            statement.setString(1, snapshot.projection());
            statement.setString(2, snapshot.query().hex());
            statement.setLong(3, snapshot.position().value());
            statement.setObject(4, EventRows.timestamp(snapshot.takenAt()));
            statement.setString(5, snapshot.data().toString());
            return statement.executeUpdate() == 1;
        }
    }

    private Optional<Position> stored(Session session, Snapshot snapshot) throws SQLException {
        try (PreparedStatement statement = session.prepare(storedSql())) {
            statement.setString(1, snapshot.projection());
            statement.setString(2, snapshot.query().hex());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(Position.of(row.getLong(1))) : Optional.empty();
            }
        }
    }

    private String loadSql() {
        return """
        SELECT h.position, s.position, s.taken_at, s.data
          FROM %s h LEFT JOIN %s s ON s.projection = ? AND s.query_hash = ?
        """
                .formatted(names.logHead(), names.snapshot());
    }

    @Override
    public Optional<Snapshot> load(
            String projection, QueryHash query, Consistency consistency, Duration timeout) {
        Snapshot.checkProjection(projection);
        return reader.ask(
                "load snapshot '" + projection + "'",
                consistency,
                Deadline.in(timeout, nanos),
                session -> load(session, projection, query));
    }

    private Routing.Seen<Optional<Snapshot>> load(
            Session session, String projection, QueryHash query) throws SQLException {
        String sql = loadSql();
        try (PreparedStatement statement = session.prepare(sql)) {
            statement.setString(1, projection);
            statement.setString(2, query.hex());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Routing.Seen<>(
                        Position.of(row.getLong(1)), snapshot(row, projection, query));
            }
        }
    }

    private static Optional<Snapshot> snapshot(ResultSet row, String projection, QueryHash query)
            throws SQLException {
        long position = row.getLong(2);
        if (row.wasNull()) {
            return Optional.empty();
        }
        return Optional.of(
                new Snapshot(
                        projection,
                        query,
                        Position.of(position),
                        Json.ofStored(Objects.requireNonNull(row.getBytes(4))),
                        EventRows.instant(row, 3)));
    }

    private String deleteSql() {
        return """
        DELETE FROM %s WHERE projection = ? AND query_hash = ?
        """
                .formatted(names.snapshot());
    }

    @Override
    public boolean delete(String projection, QueryHash query, Duration timeout) {
        Snapshot.checkProjection(projection);
        return primary.write(
                "delete snapshot '" + projection + "'",
                Deadline.in(timeout, nanos),
                session -> delete(session, projection, query));
    }

    private boolean delete(Session session, String projection, QueryHash query)
            throws SQLException {
        try (PreparedStatement statement = session.prepare(deleteSql())) {
            statement.setString(1, projection);
            statement.setString(2, query.hex());
            return statement.executeUpdate() == 1;
        }
    }
}
