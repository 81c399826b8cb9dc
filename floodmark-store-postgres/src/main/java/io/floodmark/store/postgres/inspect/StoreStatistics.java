package io.floodmark.store.postgres.inspect;

import io.floodmark.store.postgres.schema.StoreLayout;
import io.floodmark.store.postgres.schema.StoreNames;
import io.floodmark.store.postgres.schema.StoreSchema;
import io.floodmark.store.postgres.session.SqlFailures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/// What there is in a store.
///
/// @param layout of the tables
/// @param head position of the last event, and so how many events there are
/// @param conditions recorded append conditions
/// @param snapshots saved snapshots
/// @param segments where the events are, in order of position
/// @param types how many events there are of the most frequent types
/// @param checkpoints how far each subscription has got
public record StoreStatistics(
        StoreLayout layout,
        long head,
        long conditions,
        long snapshots,
        List<Segment> segments,
        List<TypeCount> types,
        List<Checkpoint> checkpoints) {

    /// Copies the lists.
    public StoreStatistics {
        segments = List.copyOf(segments);
        types = List.copyOf(types);
        checkpoints = List.copyOf(checkpoints);
    }

    /// A part of the log.
    ///
    /// @param first the first position that it holds
    /// @param last the last one that it can hold
    /// @param eventBytes on disk with indexes
    /// @param indexBytes of the tag index, on disk
    public record Segment(long first, long last, long eventBytes, long indexBytes) {}

    /// How many events there are of a type.
    public record TypeCount(String type, long events) {}

    /// How far a subscription has got in all its partitions.
    public record Checkpoint(String name, int partitions, long position) {}

    /// Reads the statistics; counting types reads an index of the whole log.
    ///
    /// @param typesMax most types
    public static StoreStatistics read(DataSource source, StoreNames names, int typesMax) {
        try (Connection connection = source.getConnection()) {
            StoreLayout layout = new StoreSchema(names).check(connection);
            return new StoreStatistics(
                    layout,
                    number(connection, "SELECT position FROM " + names.logHead()),
                    number(connection, "SELECT count(*) FROM " + names.appendCondition()),
                    number(connection, "SELECT count(*) FROM " + names.snapshot()),
                    segments(connection, names, layout.segmentSize()),
                    types(connection, names, typesMax),
                    checkpoints(connection, names));
        } catch (SQLException e) {
            throw SqlFailures.beforeWriting("read statistics of " + names, e);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /// Segment n, counted from 0, ends its names with the number n.
    private static List<Segment> segments(Connection connection, StoreNames names, long size)
            throws SQLException {
        String sql =
                """
                SELECT substring(c.relname from '[0-9]+$')::bigint AS number,
                       coalesce(sum(pg_total_relation_size(c.oid))
                                FILTER (WHERE i.inhparent = ?::regclass), 0)::bigint,
                       coalesce(sum(pg_total_relation_size(c.oid))
                                FILTER (WHERE i.inhparent = ?::regclass), 0)::bigint
                  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                 WHERE i.inhparent IN (?::regclass, ?::regclass)
                 GROUP BY 1 ORDER BY 1
                """;
        List<Segment> segments = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, names.events());
            statement.setString(2, names.eventTag());
            statement.setString(3, names.events());
            statement.setString(4, names.eventTag());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    long number = row.getLong(1);
                    segments.add(
                            new Segment(
                                    number * size + 1,
                                    (number + 1) * size,
                                    row.getLong(2),
                                    row.getLong(3)));
                }
            }
        }
        return segments;
    }

    private static List<TypeCount> types(Connection connection, StoreNames names, int max)
            throws SQLException {
        String sql =
                "SELECT type, count(*) FROM %s GROUP BY type ORDER BY 2 DESC, 1 LIMIT ?"
                        .formatted(names.events());
        List<TypeCount> types = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, max);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    types.add(new TypeCount(row.getString(1), row.getLong(2)));
                }
            }
        }
        return types;
    }

    private static List<Checkpoint> checkpoints(Connection connection, StoreNames names)
            throws SQLException {
        String sql =
                """
                SELECT s.name, s.partitions, coalesce(min(p.position), 0)
                  FROM %s s LEFT JOIN %s p ON p.subscription = s.id
                 GROUP BY s.name, s.partitions ORDER BY s.name
                """
                        .formatted(names.subscription(), names.subscriptionProgress());
        List<Checkpoint> checkpoints = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                checkpoints.add(new Checkpoint(row.getString(1), row.getInt(2), row.getLong(3)));
            }
        }
        return checkpoints;
    }
}
