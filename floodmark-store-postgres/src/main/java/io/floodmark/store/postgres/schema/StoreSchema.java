package io.floodmark.store.postgres.schema;

import io.floodmark.store.Position;
import io.floodmark.store.StoreNotReady;
import io.floodmark.store.postgres.session.SqlFailures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tables of a store: made, migrated and checked.
///
/// *Threads:* for all; [#init] may run in several processes at the same time. Failures are
/// [io.floodmark.store.StoreException]s.
public final class StoreSchema {
    private static final String MIGRATIONS = "classpath:io/floodmark/store/postgres/migration";

    private static final Logger LOG = LoggerFactory.getLogger(StoreSchema.class);

    private final StoreNames names;

    /// The tables with these names.
    public StoreSchema(StoreNames names) {
        this.names = names;
    }

    /// Makes the store's schema, tables and first segments where they are missing, brings an older
    /// layout to [StoreLayout#VERSION], and promotes the keys that are new in `storage`.
    ///
    /// The role needs the right to create the schema, or to create tables in it.
    public StoreLayout init(DataSource primary, StorageSettings storage) {
        try (Connection guard = primary.getConnection()) {
            requireUtf8(guard);
            guard.setAutoCommit(false);
            try {
                lock(guard);
                return initAlone(primary, storage);
            } finally {
                guard.rollback();
                guard.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw SqlFailures.beforeWriting("make the tables of " + names, e);
        }
    }

    private StoreLayout initAlone(DataSource primary, StorageSettings storage) throws SQLException {
        try (Connection connection = primary.getConnection()) {
            createSchema(connection);
        }
        migrate(primary, storage);
        try (Connection connection = primary.getConnection()) {
            StoreLayout layout = check(connection);
            promote(connection, storage.promotedKeys());
            long next = head(connection) + 1;
            Position upTo = Position.of(layout.segmentEnd(next) + 1);
            int made = new Segments(names).ensure(connection, upTo);
            LOG.debug("{} has layout {}, {} new segments", names, layout.version(), made);
            return check(connection);
        }
    }

    /// Until the end of the transaction: migrations that start at the same time trip over each
    /// other.
    private void lock(Connection guard) throws SQLException {
        try (PreparedStatement lock =
                guard.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            lock.setString(1, names.schema());
            lock.execute();
        }
    }

    private static void requireUtf8(Connection connection) throws SQLException {
        String encoding =
                text(connection, "SELECT current_setting('server_encoding')").orElse("unknown");
        if (!encoding.equals("UTF8")) {
            throw new StoreNotReady(
                    "the database is encoded in %s, a store needs UTF8: create one with ENCODING 'UTF8' TEMPLATE template0"
                            .formatted(encoding));
        }
    }

    private static Optional<String> text(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
        }
    }

    private void createSchema(Connection connection) throws SQLException {
        String find = "SELECT 1 FROM pg_namespace WHERE nspname = '" + names.schema() + "'";
        if (text(connection, find).isEmpty()) {
            try (var statement = connection.createStatement()) {
                statement.execute("CREATE SCHEMA IF NOT EXISTS \"" + names.schema() + "\"");
            }
        }
    }

    private void migrate(DataSource primary, StorageSettings storage) {
        try {
            Flyway.configure(StoreSchema.class.getClassLoader())
                    .dataSource(primary)
                    .defaultSchema(names.schema())
                    .createSchemas(false)
                    .table(names.prefix() + "schema_history")
                    .locations(MIGRATIONS)
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .placeholders(
                            Map.of(
                                    "schema", names.schema(),
                                    "prefix", names.prefix(),
                                    "segmentSize", Long.toString(storage.segmentSize())))
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StoreNotReady(
                    "could not bring the tables of %s to layout %d: %s"
                            .formatted(names, StoreLayout.VERSION, e.getMessage()),
                    e);
        }
    }

    private void promote(Connection connection, Set<String> keys) throws SQLException {
        if (keys.isEmpty()) {
            return;
        }
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(promoteSql())) {
            statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
            statement.execute();
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /// The head is locked first: no append can be under way without the key and get a position
    /// after the one from which the key counts as indexed.
    private String promoteSql() {
        return """
        WITH head AS MATERIALIZED (SELECT position FROM %1$s FOR UPDATE),
        added AS (
            INSERT INTO %2$s (key, since)
            SELECT k, head.position FROM head, unnest(?::text[]) k
            ON CONFLICT DO NOTHING RETURNING key)
        UPDATE %1$s SET promoted = promoted + 1 WHERE EXISTS (SELECT FROM added)
        """
                .formatted(names.logHead(), names.promotedKey());
    }

    /// Reads the layout; `StoreNotReady` says what is missing and what to do.
    public StoreLayout check(Connection connection) {
        try {
            OptionalInt version = version(connection);
            if (version.isEmpty()) {
                throw new StoreNotReady(
                        "no event store in schema '%s' with prefix '%s': create it with StoreSchema.init, or correct the names"
                                .formatted(names.schema(), names.prefix()));
            }
            if (version.getAsInt() != StoreLayout.VERSION) {
                throw new StoreNotReady(
                        "the event store in schema '%s' has layout %d, this library needs %d: %s"
                                .formatted(
                                        names.schema(),
                                        version.getAsInt(),
                                        StoreLayout.VERSION,
                                        version.getAsInt() < StoreLayout.VERSION
                                                ? "migrate it with StoreSchema.init"
                                                : "use a newer version of the library"));
            }
            return new StoreLayout(
                    version.getAsInt(), segmentSize(connection), promotedKeys(connection));
        } catch (SQLException e) {
            throw SqlFailures.beforeWriting("read the layout of " + names, e);
        }
    }

    /// The version of the store's layout; empty when there is no store with these names.
    public OptionalInt version(Connection connection) throws SQLException {
        String find = "SELECT to_regclass('" + names.store() + "')::text";
        if (text(connection, find).isEmpty()) {
            return OptionalInt.empty();
        }
        return OptionalInt.of((int) number(connection, "SELECT layout FROM " + names.store()));
    }

    private long segmentSize(Connection connection) throws SQLException {
        return number(connection, "SELECT segment_size FROM " + names.store());
    }

    private long head(Connection connection) throws SQLException {
        return number(connection, "SELECT position FROM " + names.logHead());
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw new StoreNotReady("damaged event store: no row from " + sql);
            }
            return row.getLong(1);
        }
    }

    /// The promoted keys, and the revision that an append must find in `log_head`.
    public PromotedKeys promotedKeys(Connection connection) throws SQLException {
        String sql =
                """
                SELECT h.promoted, k.key, k.since FROM %s h LEFT JOIN %s k ON true
                """
                        .formatted(names.logHead(), names.promotedKey());
        int revision = 0;
        var since = new TreeMap<String, Position>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                revision = row.getInt(1);
                String key = row.getString(2);
                if (key != null) {
                    since.put(key, Position.of(row.getLong(3)));
                }
            }
        }
        return new PromotedKeys(revision, since);
    }
}
