package io.floodmark.store.postgres.inspect;

import java.util.ArrayList;
import java.util.List;

/// Findings as they come up: the first ones are kept, all are counted. For one thread.
final class Findings {
    /// Most findings that are kept.
    static final int KEPT_MAX = 1_000;

    private final List<Finding> kept = new ArrayList<>();
    private long count;

    void add(Finding.Kind kind, long position, String sentence) {
        count++;
        if (kept.size() < KEPT_MAX) {
            kept.add(new Finding(kind, position, sentence));
        }
    }

    List<Finding> kept() {
        return List.copyOf(kept);
    }

    long count() {
        return count;
    }
}
