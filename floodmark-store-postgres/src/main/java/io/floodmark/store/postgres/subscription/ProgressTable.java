package io.floodmark.store.postgres.subscription;

import io.floodmark.store.Position;
import io.floodmark.store.postgres.schema.StoreNames;
import io.floodmark.store.postgres.session.Session;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// Progress and leases of one subscription, for one consumer. Time is the server's: consumers need
/// no common clock.
///
/// A partition has one holder at a time, and each change of the holder raises its epoch; whoever
/// moves a position must name the epoch. That fences off a consumer that was paused longer than its
/// lease.
final class ProgressTable {
    private final StoreNames names;
    private final UUID subscription;
    private final UUID consumer;
    private final Duration lease;

    ProgressTable(StoreNames names, UUID subscription, UUID consumer, Duration lease) {
        this.names = names;
        this.subscription = subscription;
        this.consumer = consumer;
        this.lease = lease;
    }

    private String lookSql() {
        return """
        SELECT p.partition, p.epoch, p.position, p.holder IS NOT DISTINCT FROM ?,
               p.holder IS NULL OR p.leased_until <= clock_timestamp(),
               c.consumers, c.registered
          FROM %s p
         CROSS JOIN (SELECT count(*), coalesce(bool_or(consumer = ?), false)
                       FROM %s
                      WHERE subscription = ? AND live_until > clock_timestamp())
               AS c (consumers, registered)
         WHERE p.subscription = ?
        """
                .formatted(names.subscriptionProgress(), names.subscriptionConsumer());
    }

    /// The present state.
    Progress look(Session session) throws SQLException {
        try (PreparedStatement statement = session.prepare(lookSql())) {
            statement.setObject(1, consumer);
            statement.setObject(2, consumer);
            statement.setObject(3, subscription);
            statement.setObject(4, subscription);
            try (ResultSet row = statement.executeQuery()) {
                return progress(row);
            }
        }
    }

    private static Progress progress(ResultSet row) throws SQLException {
        var held = new HashMap<Integer, Progress.Lease>();
        boolean registered = false;
        int consumers = 0;
        int partitions = 0;
        int free = 0;
        while (row.next()) {
            partitions++;
            if (row.getBoolean(4)) {
                held.put(
                        row.getInt(1),
                        new Progress.Lease(row.getLong(2), Position.of(row.getLong(3))));
            } else if (row.getBoolean(5)) {
                free++;
            }
            consumers = row.getInt(6);
            registered = row.getBoolean(7);
        }
        return new Progress(held, registered, consumers, partitions, free);
    }

    /// Registers the consumer as living, renews its leases, and takes or gives back partitions
    /// until it has its fair share. One transaction.
    Progress balance(Session session) throws SQLException {
        return session.transaction(own -> {
            register(own);
            renew(own);
            Progress now = look(own);
            int surplus = now.held().size() - now.fairShare();
            if (surplus > 0) {
                giveBack(own, surplus);
            } else if (surplus < 0) {
                take(own, -surplus);
            }
            return look(own);
        });
    }

    private String registerSql() {
        return """
        INSERT INTO %s (subscription, consumer, live_until)
        SELECT id, ?, clock_timestamp() + ? * interval '1 millisecond' FROM %s WHERE id = ?
        ON CONFLICT (subscription, consumer) DO UPDATE SET live_until = excluded.live_until
        """
                .formatted(names.subscriptionConsumer(), names.subscription());
    }

    private String forgetDeadSql() {
        return """
        DELETE FROM %1$s
         WHERE subscription = ?
           AND consumer IN (SELECT consumer FROM %1$s
                             WHERE subscription = ? AND live_until <= clock_timestamp()
                               FOR UPDATE SKIP LOCKED)
        """
                .formatted(names.subscriptionConsumer());
    }

    private void register(Session session) throws SQLException {
        try (PreparedStatement statement = session.prepare(registerSql())) {
            statement.setObject(1, consumer);
            statement.setLong(2, lease.toMillis());
            statement.setObject(3, subscription);
            statement.executeUpdate();
        }
        String forget = forgetDeadSql();
        try (PreparedStatement statement = session.prepare(forget)) {
            statement.setObject(1, subscription);
            statement.setObject(2, subscription);
            statement.executeUpdate();
        }
    }

    private String renewSql() {
        return """
        UPDATE %s SET leased_until = clock_timestamp() + ? * interval '1 millisecond'
         WHERE subscription = ? AND holder = ?
        """
                .formatted(names.subscriptionProgress());
    }

    private void renew(Session session) throws SQLException {
        try (PreparedStatement statement = session.prepare(renewSql())) {
            statement.setLong(1, lease.toMillis());
            statement.setObject(2, subscription);
            statement.setObject(3, consumer);
            statement.executeUpdate();
        }
    }

    private String giveBackSql() {
        return """
        UPDATE %1$s SET holder = NULL, leased_until = NULL
         WHERE subscription = ? AND holder = ?
           AND partition IN (SELECT partition FROM %1$s WHERE subscription = ? AND holder = ?
                              ORDER BY partition DESC LIMIT ?)
        """
                .formatted(names.subscriptionProgress());
    }

    private void giveBack(Session session, int count) throws SQLException {
        try (PreparedStatement statement = session.prepare(giveBackSql())) {
            statement.setObject(1, subscription);
            statement.setObject(2, consumer);
            statement.setObject(3, subscription);
            statement.setObject(4, consumer);
            statement.setInt(5, count);
            statement.executeUpdate();
        }
    }

    private String takeSql() {
        return """
        UPDATE %1$s p
           SET holder = ?, epoch = p.epoch + 1,
               leased_until = clock_timestamp() + ? * interval '1 millisecond'
          FROM (SELECT partition FROM %1$s
                 WHERE subscription = ?
                   AND (holder IS NULL OR leased_until <= clock_timestamp())
                 ORDER BY partition LIMIT ?
                   FOR UPDATE SKIP LOCKED) free
         WHERE p.subscription = ? AND p.partition = free.partition
        """
                .formatted(names.subscriptionProgress());
    }

    private void take(Session session, int count) throws SQLException {
        try (PreparedStatement statement = session.prepare(takeSql())) {
            statement.setObject(1, consumer);
            statement.setLong(2, lease.toMillis());
            statement.setObject(3, subscription);
            statement.setInt(4, count);
            statement.setObject(5, subscription);
            statement.executeUpdate();
        }
    }

    private String moveSql() {
        return """
        UPDATE %s p
           SET position = greatest(p.position, moved.position),
               leased_until = clock_timestamp() + ? * interval '1 millisecond'
          FROM unnest(?::integer[], ?::bigint[], ?::bigint[])
               AS moved (partition, epoch, position)
         WHERE p.subscription = ? AND p.partition = moved.partition
           AND p.holder = ? AND p.epoch = moved.epoch
        """
                .formatted(names.subscriptionProgress());
    }

    /// Moves positions forward, each only under the lease that `to` names.
    void move(Session session, Map<Integer, Progress.Lease> to) throws SQLException {
        Integer[] partitions = to.keySet().toArray(Integer[]::new);
        var epochs = new Long[partitions.length];
        var positions = new Long[partitions.length];
        for (int i = 0; i < partitions.length; i++) {
            Progress.Lease lease = Objects.requireNonNull(to.get(partitions[i]));
            epochs[i] = lease.epoch();
            positions[i] = lease.position().value();
        }
        try (PreparedStatement statement = session.prepare(moveSql())) {
            statement.setLong(1, lease.toMillis());
            statement.setArray(2, array(session, "int4", partitions));
            statement.setArray(3, array(session, "int8", epochs));
            statement.setArray(4, array(session, "int8", positions));
            statement.setObject(5, subscription);
            statement.setObject(6, consumer);
            statement.executeUpdate();
        }
    }

    private static Array array(Session session, String type, Object[] values) throws SQLException {
        return session.connection().createArrayOf(type, values);
    }

    private String leaveSql() {
        return """
        UPDATE %s SET holder = NULL, leased_until = NULL WHERE subscription = ? AND holder = ?
        """
                .formatted(names.subscriptionProgress());
    }

    private String unregisterSql() {
        return """
        DELETE FROM %s WHERE subscription = ? AND consumer = ?
        """
                .formatted(names.subscriptionConsumer());
    }

    /// Gives everything back. One transaction.
    void leave(Session session) throws SQLException {
        session.transaction(own -> {
            leave(own, leaveSql());
            leave(own, unregisterSql());
            return names;
        });
    }

    private void leave(Session session, String sql) throws SQLException {
        try (PreparedStatement statement = session.prepare(sql)) {
            statement.setObject(1, subscription);
            statement.setObject(2, consumer);
            statement.executeUpdate();
        }
    }
}
