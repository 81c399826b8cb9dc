package io.floodmark.ingest.clickhouse;

import io.floodmark.ingest.Outcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is already known of a piece and its parts, so that a repetition goes on where the patience
/// ended: which were refused as a whole, and what became of those that are through. *Threads:* for
/// one.
final class Progress {
    private final Set<String> halved = new HashSet<>();
    private final Map<String, List<Outcome>> settled = new HashMap<>();

    private int postponed;

    /// A part is left for the next time, because the patience ended; nothing failed.
    void postpone(Piece part) {
        postponed += part.rows().size();
    }

    /// How many rows were left for the next time, so far.
    int postponed() {
        return postponed;
    }

    void refused(Piece piece) {
        halved.add(piece.name());
    }

    boolean isRefused(Piece piece) {
        return halved.contains(piece.name());
    }

    void ended(Piece piece, List<Outcome> outcomes) {
        if (outcomes.stream().allMatch(ClickHouseWriter::settled)) {
            settled.put(piece.name(), outcomes);
        }
    }

    Optional<List<Outcome>> of(Piece piece) {
        return Optional.ofNullable(settled.get(piece.name()));
    }
}
