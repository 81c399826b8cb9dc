package io.floodmark.ingest.postgres;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;

/// The tries of one batch: which transactions may have committed although nobody heard of it, and
/// on which days. *Threads:* for one.
final class Attempt {
    private final Set<Long> transactions = new HashSet<>();
    private LocalDate earliest = LocalDate.MAX;
    private boolean repeated;

    /// Notes a transaction before it writes.
    void begins(Stamp stamp) {
        transactions.add(stamp.xid());
        earliest = stamp.day().isBefore(earliest) ? stamp.day() : earliest;
    }

    /// That one's end is known.
    void ends(Stamp stamp) {
        transactions.remove(stamp.xid());
    }

    /// Whether a row that is there was written by this batch.
    boolean wrote(long xmin) {
        return transactions.contains(xmin);
    }

    /// Whether a try before this one may have committed.
    boolean repeated() {
        return repeated;
    }

    void again() {
        repeated = true;
    }

    /// The first of that day and those on which this batch has been tried.
    LocalDate first(LocalDate day) {
        return earliest.isBefore(day) ? earliest : day;
    }
}
