package io.floodmark.load.record;

/// Every acknowledged write, looked for in the database after the run.
///
/// @param acknowledged writes (rows inserted or updated) that the server acknowledged
/// @param found acknowledged writes that are there
/// @param ackedLost acknowledged writes that are gone: data loss
/// @param duplicated rows there more often than written
/// @param unknown writes whose outcome the client never learnt
/// @param unknownFound unknown writes that turned out to be there
/// @param problem why the check could not be made; empty when it was
public record WriteCheck(
        long acknowledged,
        long found,
        long ackedLost,
        long duplicated,
        long unknown,
        long unknownFound,
        String problem) {

    public boolean lossFree() {
        return problem.isEmpty() && ackedLost == 0 && duplicated == 0;
    }
}
