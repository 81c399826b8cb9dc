package io.floodmark.ingest.clickhouse;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Rows that are inserted together, and the name under which ClickHouse knows them again: the same
/// name always stands for the same rows.
///
/// @param name of the rows, from which their token and their mark follow
/// @param rows at least one
record Piece(String name, List<EventRow> rows) {

    /// Checks and copies.
    Piece {
        rows = List.copyOf(rows);
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("a piece needs a row");
        }
    }

    /// What an insert of these rows is told by.
    ///
    /// @param again how many tokens were given up before, because ClickHouse knew them and had no
    ///   rows
    String token(int again) {
        return again == 0 ? name : name + "/again-" + again;
    }

    /// What the rows themselves are told by in the table.
    long mark() {
        return ByteBuffer.wrap(Hashes.sha256().digest(name.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    /// How many different events these are.
    int different() {
        Set<Identity> all = new HashSet<>();
        rows.forEach(row -> all.add(Identity.of(row.delivery())));
        return all.size();
    }

    /// Parameters that tell where to look for the rows.
    Map<String, String> place() {
        long from = rows.stream().mapToLong(EventRow::receivedMicros).min().orElseThrow();
        long to = rows.stream().mapToLong(EventRow::receivedMicros).max().orElseThrow();
        return Map.of(
                "param_mark", Long.toString(mark()),
                "param_from", Long.toString(RowBinary.storable(from)),
                "param_to", Long.toString(RowBinary.storable(to)));
    }

    Piece firstHalf() {
        return part(0, rows.size() / 2);
    }

    Piece secondHalf() {
        return part(rows.size() / 2, rows.size());
    }

    private Piece part(int from, int to) {
        return new Piece("%s/%d-%d".formatted(name, from, to), rows.subList(from, to));
    }
}
