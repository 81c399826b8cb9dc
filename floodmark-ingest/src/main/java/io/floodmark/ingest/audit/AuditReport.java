package io.floodmark.ingest.audit;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an audit found. Each id counts once, except where it says otherwise.
///
/// @param acknowledged ids that were acknowledged
/// @param found of them those that are stored
/// @param missing of them those that are not, by the level of their acknowledgement
/// @param firstMissing a few of those
/// @param duplicated ids that are stored more than once
/// @param firstDuplicated a few of those
/// @param notAcknowledged ids that are stored and were not acknowledged, which is no mistake: an
///   answer may get lost, and others may have sent them
public record AuditReport(
        long acknowledged,
        long found,
        SortedMap<String, Long> missing,
        List<String> firstMissing,
        long duplicated,
        List<String> firstDuplicated,
        long notAcknowledged) {
    /// Copies lists and maps.
    public AuditReport {
        missing = Collections.unmodifiableSortedMap(new TreeMap<>(missing));
        firstMissing = List.copyOf(firstMissing);
        firstDuplicated = List.copyOf(firstDuplicated);
    }

    /// All that are missing, whatever their level.
    public long missingCount() {
        return missing.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Whether everything that was acknowledged is there, and nothing twice.
    public boolean clean() {
        return missingCount() == 0 && duplicated == 0;
    }
}
