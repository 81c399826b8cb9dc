package io.floodmark.store.postgres.read;

import java.util.concurrent.atomic.AtomicLong;

/// Permits for a second request: each read earns a share of one, and few can be saved up, so that
/// slow servers are not given twice the work. *Threads:* for all.
final class HedgeBudget {
    private static final long ONE = 1_000_000;
    private static final long SAVED_MAX = 10 * ONE;

    private final long earned;
    private final AtomicLong saved = new AtomicLong();

    /// @param share permits per read, 0 to 1
    HedgeBudget(double share) {
        earned = Math.round(share * ONE);
    }

    void earn() {
        saved.accumulateAndGet(earned, (have, more) -> Math.min(SAVED_MAX, have + more));
    }

    boolean take() {
        return saved.getAndUpdate(have -> have >= ONE ? have - ONE : have) >= ONE;
    }
}
