package io.floodmark.store.postgres.subscription;

import io.floodmark.store.Position;
import io.floodmark.store.Sharing;
import io.floodmark.store.Subscription;
import io.floodmark.store.SubscriptionSpec;
import io.floodmark.store.Subscriptions;
import io.floodmark.store.postgres.schema.StoreNames;
import io.floodmark.store.postgres.session.Deadline;
import io.floodmark.store.postgres.session.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The named subscriptions of a store. *Threads:* for all.
public final class PostgresSubscriptions implements Subscriptions {
    private final StoreNames names;
    private final Feed feed;
    private final Supplier<UUID> ids;

    /// Subscriptions of the store with these names.
    ///
    /// @param ids gives each subscription and each consumer a new id
    public PostgresSubscriptions(StoreNames names, Feed feed, Supplier<UUID> ids) {
        this.names = names;
        this.feed = feed;
        this.ids = ids;
    }

    @Override
    public Subscription open(SubscriptionSpec spec) {
        UUID id =
                feed.primary()
                        .write(
                                "open subscription '" + spec.name() + "'",
                                statement(),
                                session -> session.transaction(own -> findOrCreate(own, spec)));
        var table = new ProgressTable(names, id, ids.get(), feed.settings().lease());
        return new PostgresSubscription(feed, spec, table);
    }

    private Deadline statement() {
        return Deadline.in(feed.settings().timeout(), feed.nanos());
    }

    private String createSql() {
        return """
        WITH made AS (
            INSERT INTO %s (name, id, query_hash, tag_key, partitions) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (name) DO NOTHING RETURNING id, partitions)
        INSERT INTO %s (subscription, partition, position)
        SELECT id, generate_series(0, partitions - 1), ? FROM made
        """
                .formatted(names.subscription(), names.subscriptionProgress());
    }

    private UUID findOrCreate(Session session, SubscriptionSpec spec) throws SQLException {
        try (PreparedStatement statement = session.prepare(createSql())) {
            statement.setString(1, spec.name());
            statement.setObject(2, ids.get());
            statement.setString(3, spec.query().hash().hex());
            statement.setString(4, tagKey(spec.sharing()));
            statement.setInt(5, spec.sharing().partitions());
            statement.setLong(6, spec.startAfter().value());
            statement.executeUpdate();
        }
        return find(session, spec);
    }

    private static @Nullable String tagKey(Sharing sharing) {
        return switch (sharing) {
            case Sharing.Exclusive() -> null;
            case Sharing.Partitioned(String tagKey, int _) -> tagKey;
        };
    }

    private String findSql() {
        return """
        SELECT id, query_hash, tag_key, partitions FROM %s WHERE name = ?
        """
                .formatted(names.subscription());
    }

    private UUID find(Session session, SubscriptionSpec spec) throws SQLException {
        try (PreparedStatement statement = session.prepare(findSql())) {
            statement.setString(1, spec.name());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException(
                            "subscription '%s' was deleted while it was opened; open it again"
                                    .formatted(spec.name()));
                }
                requireSame(row, spec);
                return Objects.requireNonNull(row.getObject(1, UUID.class));
            }
        }
    }

    private static void requireSame(ResultSet row, SubscriptionSpec spec) throws SQLException {
        String query = row.getString(2);
        String tagKey = row.getString(3);
        int partitions = row.getInt(4);
        if (!spec.query().hash().hex().equals(query)
                || !Objects.equals(tagKey(spec.sharing()), tagKey)
                || spec.sharing().partitions() != partitions) {
            throw new IllegalArgumentException(
                    "Subscription '%s' exists with query hash %s, tag key %s and %d partitions;"
                                    .formatted(spec.name(), query, tagKey, partitions)
                            + " open it with these, or delete it");
        }
    }

    private String checkpointSql() {
        return """
        SELECT min(p.position) FROM %s s JOIN %s p ON p.subscription = s.id WHERE s.name = ?
        """
                .formatted(names.subscription(), names.subscriptionProgress());
    }

    @Override
    public Optional<Position> checkpoint(String name) {
        SubscriptionSpec.checkName(name);
        return feed.primary()
                .read(
                        "read the checkpoint of subscription '" + name + "'",
                        statement(),
                        session -> checkpoint(session, name));
    }

    private Optional<Position> checkpoint(Session session, String name) throws SQLException {
        try (PreparedStatement statement = session.prepare(checkpointSql())) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long position = row.getLong(1);
                return row.wasNull() ? Optional.empty() : Optional.of(Position.of(position));
            }
        }
    }

    private String deleteSql() {
        return """
        DELETE FROM %s WHERE name = ?
        """
                .formatted(names.subscription());
    }

    @Override
    public void delete(String name) {
        SubscriptionSpec.checkName(name);
        int deleted =
                feed.primary()
                        .write(
                                "delete subscription '" + name + "'",
                                statement(),
                                session -> delete(session, name));
        if (deleted > 0) {
            feed.signal().signal();
        }
    }

    private int delete(Session session, String name) throws SQLException {
        try (PreparedStatement statement = session.prepare(deleteSql())) {
            statement.setString(1, name);
            return statement.executeUpdate();
        }
    }
}
