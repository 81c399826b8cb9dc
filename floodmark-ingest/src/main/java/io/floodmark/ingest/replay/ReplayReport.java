package io.floodmark.ingest.replay;

import java.util.List;

/// What became of the dead letters of one replay.
///
/// @param stored now
/// @param duplicates there already: an earlier replay, or the sender itself, was faster
/// @param refused again, by the validation or the sink; they stay
/// @param more whether others were not looked at, because the sink failed or the limit was reached
/// @param reasons a few of the reasons, `event id: reason`
public record ReplayReport(
        long stored, long duplicates, long refused, boolean more, List<String> reasons) {
    /// Copies the list.
    public ReplayReport {
        reasons = List.copyOf(reasons);
    }

    /// Whether no dead letter is left.
    public boolean complete() {
        return refused == 0 && !more;
    }
}
