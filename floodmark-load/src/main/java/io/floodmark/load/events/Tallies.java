package io.floodmark.load.events;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/// What the operations count beside their outcomes.
///
/// *Threads.* Any.
final class Tallies {

    private final LongAdder appended = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder retried = new LongAdder();
    private final LongAdder recovered = new LongAdder();
    private final LongAdder repeated = new LongAdder();

    /// An event was acknowledged, in attempt number `attempt` from 0.
    void appended(long eventBytes, int attempt) {
        appended.increment();
        bytes.add(eventBytes);
        if (attempt > 0) {
            recovered.increment();
        }
    }

    /// The rules did not allow it, so nothing was written.
    void refused() {
        refused.increment();
    }

    /// A conflict is followed by a new decision.
    void retried() {
        retried.increment();
    }

    /// The same append is sent once more because nobody learnt what became of it.
    void repeated() {
        repeated.increment();
    }

    long bytes() {
        return bytes.sum();
    }

    SortedMap<String, Long> counts() {
        SortedMap<String, Long> counts = new TreeMap<>();
        counts.put("events_appended", appended.sum());
        counts.put("decisions_refused", refused.sum());
        counts.put("conflicts_retried", retried.sum());
        counts.put("conflicts_recovered", recovered.sum());
        counts.put("appends_repeated", repeated.sum());
        return counts;
    }
}
