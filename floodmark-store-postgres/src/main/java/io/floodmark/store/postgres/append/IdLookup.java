package io.floodmark.store.postgres.append;

import io.floodmark.store.AppendResult;
import io.floodmark.store.DuplicateEventId;
import io.floodmark.store.Position;
import io.floodmark.store.postgres.read.FirstMatch;
import io.floodmark.store.postgres.schema.StoreNames;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Finds out by SQL whether the events of an append are stored already.
final class IdLookup {
    private final String sql;

    IdLookup(StoreNames names) {
        sql =
                """
                SELECT id, position FROM %s
                 WHERE id = ANY(?::uuid[]) AND position > ? AND position <= ?
                """
                        .formatted(names.events());
    }

    /// The answer that an append with these ids got before; empty if none of them is stored in the
    /// range.
    ///
    /// @param after a position up to which none of them is stored
    /// @throws DuplicateEventId when they are stored otherwise
    Optional<AppendResult> repeated(
            FirstMatch.Preparing connection, List<UUID> ids, long after, long upTo)
            throws SQLException {
        Map<UUID, Long> stored = stored(connection, ids, after, upTo);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        UUID firstStored = ids.stream().filter(stored::containsKey).findFirst().orElseThrow();
        long first = stored.getOrDefault(firstStored, 0L);
        for (int i = 0; i < ids.size(); i++) {
            if (stored.getOrDefault(ids.get(i), 0L) != first + i) {
                throw DuplicateEventId.stored(firstStored, Position.of(first));
            }
        }
        return Optional.of(
                new AppendResult.Appended(Position.of(first), Position.of(first + ids.size() - 1)));
    }

    private Map<UUID, Long> stored(
            FirstMatch.Preparing connection, List<UUID> ids, long after, long upTo)
            throws SQLException {
        try (PreparedStatement statement = connection.prepare(sql)) {
            statement.setArray(1, statement.getConnection().createArrayOf("uuid", ids.toArray()));
            statement.setLong(2, after);
            statement.setLong(3, upTo);
            var stored = new HashMap<UUID, Long>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    stored.put(row.getObject(1, UUID.class), row.getLong(2));
                }
            }
            return stored;
        }
    }
}
