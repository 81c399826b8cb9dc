package io.floodmark.store.postgres.append;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.postgres.schema.StoreNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/// The statement that stores a batch, all or nothing, if the head is where the batch was decided.
///
/// One round trip: the head moves by compare-and-set, and the rows are inserted only if it did. Two
/// writers with the same head wait for each other on its row; the second then finds it moved, at
/// READ COMMITTED too, because PostgreSQL checks the condition again on the new row. One
/// notification follows the commit.
///
/// *Threads:* immutable.
final class AppendStatement {
    private final String sql;
    private final boolean recordsConditions;
    private final String channel;

    AppendStatement(StoreNames names, boolean recordsConditions) {
        this.recordsConditions = recordsConditions;
        this.channel = names.channel();
        this.sql = sql(names, recordsConditions ? conditionsSql(names) : "");
    }

    private static String sql(StoreNames names, String conditions) {
        return """
        WITH head AS (
            UPDATE %1$s SET position = ? WHERE position = ? AND promoted = ?
            RETURNING clock_timestamp() AS recorded_at
        ), stored AS (
            INSERT INTO %2$s
                   (position, id, type, tags, payload, metadata, occurred_at, recorded_at)
            SELECT e.position, e.id::uuid, e.type, e.tags::text[], e.payload, e.metadata,
                   e.occurred_at::timestamptz, head.recorded_at
              FROM head, unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[],
                                ?::text[], ?::text[])
                   AS e(position, id, type, tags, payload, metadata, occurred_at)
        ), indexed AS (
            INSERT INTO %3$s (tag_hash, position)
            SELECT t.hash, t.position
              FROM head, unnest(?::bigint[], ?::bigint[]) AS t(hash, position)
        )%4$s
        SELECT recorded_at, pg_notify(?, ?) FROM head
        """
                .formatted(names.logHead(), names.events(), names.eventTag(), conditions);
    }

    private static String conditionsSql(StoreNames names) {
        return """
        , conditions AS (
            INSERT INTO %s (first, last, after, query)
            SELECT c.first, c.last, c.after, c.query
              FROM head, unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[])
                   AS c(first, last, after, query)
        )
        """
                .formatted(names.appendCondition());
    }

    /// Stores `accepted` after `head`, and returns when they were recorded; empty, and nothing is
    /// stored, when the head is elsewhere.
    Optional<Instant> execute(Connection connection, Head head, List<EncodedAppend> accepted)
            throws SQLException {
        long last = head.position() + accepted.stream().mapToLong(a -> a.events().size()).sum();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            var parameters = new Parameters(statement, connection);
            parameters.number(last).number(head.position()).number(head.promotedRevision());
            bindEvents(parameters, EventColumns.of(head.position() + 1, accepted));
            if (recordsConditions) {
                bindConditions(parameters, head.position() + 1, accepted);
            }
            parameters.text(channel).text(Long.toString(last));
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(row.getObject(1, OffsetDateTime.class).toInstant())
                        : Optional.empty();
            }
        }
    }

    private static void bindEvents(Parameters parameters, EventColumns columns)
            throws SQLException {
        parameters
                .numbers(columns.positions())
                .texts(columns.ids())
                .texts(columns.types())
                .texts(columns.tags())
                .texts(columns.payloads())
                .texts(columns.metadata())
                .texts(columns.occurredAt())
                .numbers(columns.tagHashes())
                .numbers(columns.tagPositions());
    }

    private static void bindConditions(
            Parameters parameters, long firstPosition, List<EncodedAppend> accepted)
            throws SQLException {
        var columns = new ConditionColumns();
        long first = firstPosition;
        for (EncodedAppend append : accepted) {
            long next = first + append.events().size();
            if (append.condition() instanceof AppendCondition.FailIfMatch condition) {
                columns.add(first, next - 1, condition);
            }
            first = next;
        }
        columns.bind(parameters);
    }
}
