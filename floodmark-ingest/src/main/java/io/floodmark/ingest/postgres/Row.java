package io.floodmark.ingest.postgres;

import io.floodmark.ingest.Delivery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// An event of a batch.
///
/// @param index its place in the batch
record Row(int index, Identity identity, Delivery delivery) {
    private static final Comparator<Row> BY_IDENTITY = Comparator.comparing(Row::identity);

    static Row of(int index, Delivery delivery) {
        return new Row(index, new Identity(delivery.tenant(), delivery.event().id()), delivery);
    }

    /// The first row of each identity, in the order of the identities.
    static List<Row> firsts(List<Row> rows) {
        List<Row> sorted = new ArrayList<>(rows);
        // Stable: rows of one identity keep their order.
        sorted.sort(BY_IDENTITY);
        List<Row> firsts = new ArrayList<>(sorted.size());
        for (Row row : sorted) {
            if (firsts.isEmpty() || !firsts.getLast().identity().equals(row.identity())) {
                firsts.add(row);
            }
        }
        return firsts;
    }
}
