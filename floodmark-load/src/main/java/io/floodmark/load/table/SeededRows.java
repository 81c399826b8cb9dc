package io.floodmark.load.table;

/// The rows that the run put into the table before it started: consecutive ids, targets of updates
/// and reads.
///
/// @param firstId id of the first one
/// @param count how many there are
record SeededRows(long firstId, long count) {

    long lastId() {
        return firstId + count - 1;
    }

    /// The id of row `index`, from 0.
    long id(long index) {
        return firstId + index;
    }
}
