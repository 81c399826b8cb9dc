package io.floodmark.store.postgres.inspect;

import io.floodmark.store.postgres.schema.StoreNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Compares the index rows of a segment with what its events ask for. For one thread.
final class IndexCheck {
    /// Most blocks that are looked at row by row; the others are only named.
    private static final int BLOCKS_NAMED_MAX = 20;

    private final Connection connection;
    private final String printSql;
    private final String rowsSql;
    private final Findings findings;

    IndexCheck(Connection connection, StoreNames names, Findings findings) {
        this.connection = connection;
        this.findings = findings;
        this.printSql = IndexPrint.sql(names.eventTag());
        this.rowsSql =
                "SELECT position, tag_hash FROM %s WHERE position > ? AND position <= ?"
                        .formatted(names.eventTag());
    }

    /// Gives the index rows that an event must have.
    interface Expected {
        long[] at(long position) throws SQLException;
    }

    /// Compares the rows of positions after `from` up to `to`.
    void compare(IndexPrint expected, long from, long to, Expected rows) throws SQLException {
        Map<Long, IndexPrint.Sums> actual = actual(from, to);
        List<Long> wrong = new ArrayList<>();
        for (long block = IndexPrint.block(from + 1); block <= IndexPrint.block(to); block++) {
            IndexPrint.Sums found = actual.getOrDefault(block, IndexPrint.Sums.NONE);
            if (!expected.of(block).equals(found)) {
                wrong.add(block);
            }
        }
        for (int index = 0; index < wrong.size(); index++) {
            long first = Math.max(from + 1, wrong.get(index) * IndexPrint.BLOCK + 1);
            long last = Math.min(to, (wrong.get(index) + 1) * IndexPrint.BLOCK);
            if (index < BLOCKS_NAMED_MAX) {
                name(first, last, rows);
            } else {
                findings.add(
                        Finding.Kind.UNINDEXED,
                        first,
                        "index rows and tags differ between positions %d and %d"
                                .formatted(first, last));
            }
        }
    }

    private Map<Long, IndexPrint.Sums> actual(long from, long to) throws SQLException {
        Map<Long, IndexPrint.Sums> blocks = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(printSql)) {
            statement.setLong(1, from);
            statement.setLong(2, to);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    blocks.put(
                            row.getLong(1),
                            new IndexPrint.Sums(row.getLong(2), row.getLong(3), row.getLong(4)));
                }
            }
        }
        return blocks;
    }

    private void name(long first, long last, Expected rows) throws SQLException {
        Map<Long, List<Long>> actual = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(rowsSql)) {
            statement.setLong(1, first - 1);
            statement.setLong(2, last);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    actual.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                            .add(row.getLong(2));
                }
            }
        }
        for (long position = first; position <= last; position++) {
            difference(
                    position,
                    Arrays.stream(rows.at(position)).boxed().toList(),
                    actual.getOrDefault(position, List.of()));
        }
    }

    private void difference(long position, List<Long> expected, List<Long> actual) {
        List<Long> missing = new ArrayList<>(expected);
        actual.forEach(missing::remove);
        List<Long> stray = new ArrayList<>(actual);
        expected.forEach(stray::remove);
        if (!missing.isEmpty()) {
            findings.add(
                    Finding.Kind.UNINDEXED,
                    position,
                    "the event at position %d lacks %d of its %d index rows: queries by those tags do not find it"
                            .formatted(position, missing.size(), expected.size()));
        }
        if (!stray.isEmpty()) {
            findings.add(
                    Finding.Kind.STRAY_INDEX,
                    position,
                    "%d index rows at position %d belong to no tag of the event"
                            .formatted(stray.size(), position));
        }
    }
}
