package io.floodmark.ingest.audit;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an audit found. Each id counts once, except where it says otherwise.
///
/// @param acked what was acknowledged
/// @param found of that those that are stored
/// @param missing of that those that are not, by the level of their acknowledgement
/// @param firstMissing a few of those
/// @param duplicated ids that are stored more than once
/// @param firstDuplicated a few of those
/// @param repetition what it means that they are
/// @param notAcknowledged ids that are stored and were not acknowledged, which is no mistake: an
///   answer may get lost, and others may have sent them
/// @param remarks what to know of the side that is stored
public record AuditReport(
        Acked acked,
        long found,
        SortedMap<String, Long> missing,
        List<String> firstMissing,
        long duplicated,
        List<String> firstDuplicated,
        Repetition repetition,
        long notAcknowledged,
        List<String> remarks) {
    /// Copies lists and maps.
    public AuditReport {
        missing = Collections.unmodifiableSortedMap(new TreeMap<>(missing));
        firstMissing = List.copyOf(firstMissing);
        firstDuplicated = List.copyOf(firstDuplicated);
        remarks = List.copyOf(remarks);
    }

    /// The side of the acknowledgements.
    ///
    /// @param ids that were acknowledged within the range
    /// @param outside lines whose time is outside of the range, which were not looked for
    /// @param torn files that end within a line, which was passed over
    public record Acked(long ids, long outside, long torn) {}

    /// All that are missing, whatever their level.
    public long missingCount() {
        return missing.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Whether everything that was acknowledged is there, and nothing more often than its sink
    /// promises.
    public boolean clean() {
        return missingCount() == 0 && (duplicated == 0 || repetition == Repetition.BY_DESIGN);
    }
}
