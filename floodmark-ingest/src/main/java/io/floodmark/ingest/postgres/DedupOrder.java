package io.floodmark.ingest.postgres;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/// The order of ids, the same for all writers.
final class DedupOrder {
    /// As PostgreSQL compares them: byte by byte, without signs. Neighbours in it are neighbours in
    /// the index.
    private static final Comparator<UUID> AS_POSTGRES =
            (a, b) -> {
                int high =
                        Long.compareUnsigned(
                                a.getMostSignificantBits(), b.getMostSignificantBits());
                return high != 0
                        ? high
                        : Long.compareUnsigned(
                                a.getLeastSignificantBits(), b.getLeastSignificantBits());
            };

    private static final Comparator<Row> BY_ID = Comparator.comparing(Row::id, AS_POSTGRES);

    private DedupOrder() {}

    /// The first row of each id, in the order of the ids.
    static List<Row> firsts(List<Row> rows) {
        List<Row> sorted = new ArrayList<>(rows);
        // Stable: rows of one id keep their order.
        sorted.sort(BY_ID);
        List<Row> firsts = new ArrayList<>(sorted.size());
        for (Row row : sorted) {
            if (firsts.isEmpty() || !firsts.getLast().id().equals(row.id())) {
                firsts.add(row);
            }
        }
        return firsts;
    }
}
