package io.floodmark.ingest.postgres;

import java.util.HashSet;
import java.util.Set;

/// The tries of one batch: which transactions may have committed although nobody heard of it.
/// *Threads:* for one.
final class Attempt {
    private final Set<Long> transactions = new HashSet<>();
    private boolean repeated;

    /// Notes a transaction before it writes.
    void begins(Stamp stamp) {
        transactions.add(stamp.xid());
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
}
