package io.floodmark.ingest.postgres;

import java.util.Comparator;
import java.util.UUID;

/// The order of ids, the same for all writers.
final class DedupOrder {
    /// As PostgreSQL compares them: byte by byte, without signs. Neighbours in it are neighbours in
    /// the index.
    static final Comparator<UUID> AS_POSTGRES =
            (a, b) -> {
                int high =
                        Long.compareUnsigned(
                                a.getMostSignificantBits(), b.getMostSignificantBits());
                return high != 0
                        ? high
                        : Long.compareUnsigned(
                                a.getLeastSignificantBits(), b.getLeastSignificantBits());
            };

    private DedupOrder() {}
}
