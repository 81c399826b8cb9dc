package io.floodmark.load.record;

import java.util.List;

/// Every acknowledged write, looked for in the database after the run.
///
/// @param acknowledged writes (rows inserted or updated, events appended) that were acknowledged
/// @param found acknowledged writes that are there
/// @param ackedLost acknowledged writes that are gone: data loss
/// @param duplicated rows or events there more often than written
/// @param unknown writes whose outcome the client never learnt
/// @param unknownFound unknown writes that turned out to be there
/// @param violations rules that the target broke (`no book is lent twice: ...`), a sentence each
/// @param problem why the check could not be made; empty when it was
public record WriteCheck(
        long acknowledged,
        long found,
        long ackedLost,
        long duplicated,
        long unknown,
        long unknownFound,
        List<String> violations,
        String problem) {

    public WriteCheck {
        violations = List.copyOf(violations);
    }

    /// A check that could not be made.
    public static WriteCheck notMade(String problem) {
        return new WriteCheck(0, 0, 0, 0, 0, 0, List.of(), problem);
    }

    /// Whether it was made, every acknowledged write is there once, and no rule was broken.
    public boolean lossFree() {
        return problem.isEmpty() && ackedLost == 0 && duplicated == 0 && violations.isEmpty();
    }
}
