package io.floodmark.ingest.replay;

import java.util.List;

/// What became of the dead letters of one replay.
///
/// @param stored now
/// @param duplicates there already: an earlier replay, or the sender itself, was faster
/// @param refused again, by the validation or the sink; they stay
/// @param untouched because the sink failed; they stay, and the replay ended there
/// @param reasons a few of the reasons, `event id: reason`
public record ReplayReport(
        long stored, long duplicates, long refused, long untouched, List<String> reasons) {
    /// Copies the list.
    public ReplayReport {
        reasons = List.copyOf(reasons);
    }

    /// Whether no dead letter is left of those that were looked at.
    public boolean complete() {
        return refused == 0 && untouched == 0;
    }
}
