package io.floodmark.store.postgres.append;

import io.floodmark.store.RecordedEvent;
import io.floodmark.store.TimeAndChance;
import io.floodmark.store.postgres.row.EventRows;
import io.floodmark.store.postgres.schema.StoreNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The writer's session at the server: one connection, kept, with a mark at the server (an advisory
/// lock with a random number) by which a later session finds it and ends it.
///
/// *Threads:* the writer only.
final class WriterSession implements AutoCloseable {
    private static final int MARK_CLASS = 0x464c_4f4f;

    private final Connection connection;
    private final StoreNames names;
    private final AppendStatement append;
    private final int mark;
    private boolean locked;

    private WriterSession(Connection connection, AppendStatement append, StoreNames names) {
        this.connection = connection;
        this.append = append;
        this.names = names;
        this.mark = (int) TimeAndChance.system().randomBits().getAsLong();
    }

    /// Takes over a connection and prepares it.
    static WriterSession of(
            Connection connection, AppendStatement append, StoreNames names, Duration statementMax)
            throws SQLException {
        var session = new WriterSession(connection, append, names);
        try {
            session.prepare(statementMax.toMillis());
            return session;
        } catch (SQLException | RuntimeException e) {
            session.abandon();
            throw e;
        }
    }

    // One plan for all batches; and no acknowledgement before the commit is durable, whatever the
    // role's default is.
    private static final String PREPARE_SQL =
            """
            SELECT set_config('application_name', 'floodmark-append', false),
                   set_config('statement_timeout', ?, false),
                   set_config('idle_in_transaction_session_timeout', ?, false),
                   set_config('plan_cache_mode', 'force_generic_plan', false),
                   set_config('jit', 'off', false),
                   set_config('default_transaction_isolation', 'read committed', false),
                   set_config('synchronous_commit',
                       replace(current_setting('synchronous_commit'), 'off', 'on'), false),
                   pg_try_advisory_lock(?, ?)
            """;

    private void prepare(long statementMillis) throws SQLException {
        connection.setAutoCommit(true);
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(2 * statementMillis));
        try (PreparedStatement statement = connection.prepareStatement(PREPARE_SQL)) {
            statement.setString(1, Long.toString(statementMillis));
            statement.setString(2, Long.toString(statementMillis));
            statement.setInt(3, MARK_CLASS);
            statement.setInt(4, mark);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (!row.getBoolean(8)) {
                    throw new SQLException("another session has this session's mark", "55P03");
                }
            }
        }
    }

    Connection connection() {
        return connection;
    }

    int mark() {
        return mark;
    }

    /// Reads the head.
    Head head() throws SQLException {
        return HeadRow.read(connection, names);
    }

    /// Begins a transaction in which nobody else can move the head, and reads it.
    Head lockHead() throws SQLException {
        connection.setAutoCommit(false);
        locked = true;
        return HeadRow.lock(connection, names);
    }

    /// Ends the transaction of [#lockHead], if there is one, without a trace.
    void release() throws SQLException {
        if (locked) {
            connection.rollback();
            connection.setAutoCommit(true);
            locked = false;
        }
    }

    /// Stores `accepted` after `head`, durably; empty, and nothing is stored, when the head is
    /// elsewhere.
    Optional<Instant> commit(Head head, List<EncodedAppend> accepted) throws SQLException {
        Optional<Instant> recordedAt = append.execute(connection, head, accepted);
        if (locked) {
            connection.commit();
            connection.setAutoCommit(true);
            locked = false;
        }
        return recordedAt;
    }

    /// The events after `after` up to `upTo`, in order; at most `max`.
    List<RecordedEvent> events(long after, long upTo, int max) throws SQLException {
        String sql =
                """
                SELECT %s FROM %s e WHERE e.position > ? AND e.position <= ?
                 ORDER BY e.position LIMIT ?
                """
                        .formatted(EventRows.COLUMNS, names.events());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            new Parameters(statement, connection).number(after).number(upTo).number(max);
            var events = new ArrayList<RecordedEvent>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    events.add(EventRows.read(row, 1));
                }
            }
            return events;
        }
    }

    /// When the event at `position`, which exists, was recorded.
    Instant recordedAt(long position) throws SQLException {
        String sql = "SELECT e.recorded_at FROM " + names.events() + " e WHERE e.position = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, position);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException(
                            "the log is damaged: there is no event at " + position);
                }
                return EventRows.instant(row, 1);
            }
        }
    }

    /// Which of these ids are stored.
    Set<UUID> stored(List<UUID> ids) throws SQLException {
        String sql = "SELECT id FROM " + names.events() + " WHERE id = ANY(?::uuid[])";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            var stored = new HashSet<UUID>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    stored.add(row.getObject(1, UUID.class));
                }
            }
            return stored;
        }
    }

    /// Ends the session with this mark, if it still lives at the server, so that nothing which it
    /// was sent can take effect any more. Returns whether it is gone.
    boolean fence(int lostMark) throws SQLException {
        String sql =
                """
                SELECT count(pg_terminate_backend(pid)) FROM pg_locks
                 WHERE locktype = 'advisory' AND classid = ?::int8::oid AND objid = ?::int8::oid
                   AND objsubid = 2 AND pid <> pg_backend_pid()
                   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, MARK_CLASS);
            statement.setLong(2, Integer.toUnsignedLong(lostMark));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1) == 0;
            }
        }
    }

    /// Gives the connection back as it was.
    @Override
    public void close() {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_unlock_all()");
            statement.execute("RESET ALL");
        } catch (SQLException e) {
            // The session ends anyway.
            abandon();
        }
    }

    /// Drops the connection without asking the server.
    void abandon() {
        try {
            connection.abort(Runnable::run);
            connection.close();
        } catch (SQLException e) {
            // Nothing more can be done about a connection that cannot even be dropped.
            return;
        }
    }
}
