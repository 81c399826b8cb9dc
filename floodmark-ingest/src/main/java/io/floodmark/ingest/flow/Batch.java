package io.floodmark.ingest.flow;

import io.floodmark.ingest.Delivery;
import io.floodmark.ingest.Outcome;
import java.util.ArrayList;
import java.util.List;

/// Events of one or more requests that go to the sink together. *Threads:* for one writer.
final class Batch {
    private final List<Delivery> deliveries = new ArrayList<>();
    private final List<Submission> submissions = new ArrayList<>();
    private final List<Integer> firsts = new ArrayList<>();
    private final List<Integer> counts = new ArrayList<>();
    private final FlushReason reason;
    private final long waitedNanos;
    private long bytes;

    Batch(FlushReason reason, long waitedNanos) {
        this.reason = reason;
        this.waitedNanos = waitedNanos;
    }

    void add(Submission submission, int first, int count) {
        submissions.add(submission);
        firsts.add(first);
        counts.add(count);
        for (int i = first; i < first + count; i++) {
            deliveries.add(new Delivery(submission.tenant(), submission.event(i)));
            bytes += submission.event(i).bytes();
        }
    }

    List<Delivery> deliveries() {
        return deliveries;
    }

    FlushReason reason() {
        return reason;
    }

    /// For how long its first event had waited.
    long waitedNanos() {
        return waitedNanos;
    }

    long bytes() {
        return bytes;
    }

    /// Hands the outcomes back to the requests.
    void complete(List<Outcome> outcomes) {
        if (outcomes.size() != deliveries.size()) {
            throw new IllegalStateException(
                    "%d outcomes for %d events".formatted(outcomes.size(), deliveries.size()));
        }
        int at = 0;
        for (int s = 0; s < submissions.size(); s++) {
            int next = at + counts.get(s);
            submissions.get(s).complete(firsts.get(s), outcomes.subList(at, next));
            at = next;
        }
    }
}
