package io.floodmark.store.tck.history;

import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;

/// Real time and positions agree: an append that returned before another was invoked lies below it.
final class OrderCheck {

    private final RoundRecords records;
    private final RoundLog log;
    private final Findings findings;
    private final IntFunction<String> describe;

    OrderCheck(
            RoundRecords records, RoundLog log, Findings findings, IntFunction<String> describe) {
        this.records = records;
        this.log = log;
        this.findings = findings;
        this.describe = describe;
    }

    private record Span(int slot, long first, long last) {}

    /// A sweep over time: for each append, the highest position among those that had returned.
    void run() {
        List<Span> spans =
                records.slots()
                        .filter(slot -> !log.stored(slot).isEmpty())
                        .mapToObj(this::span)
                        .sorted(Comparator.comparingLong(span -> records.invoked[span.slot()]))
                        .toList();
        // What an append of unknown outcome did may have happened after it returned.
        List<Span> ended =
                spans.stream()
                        .filter(span -> records.outcome(span.slot()) == Outcome.ACCEPTED)
                        .sorted(Comparator.comparingLong(span -> records.returned[span.slot()]))
                        .toList();
        int next = 0;
        Span highest = new Span(0, 0, 0);
        for (Span span : spans) {
            while (next < ended.size()
                    && records.returned[ended.get(next).slot()] < records.invoked[span.slot()]) {
                Span candidate = ended.get(next);
                highest = candidate.last() > highest.last() ? candidate : highest;
                next++;
            }
            if (highest.last() > span.first()) {
                add(span, highest);
            }
        }
    }

    private Span span(int slot) {
        var positions = log.stored(slot).stream().mapToLong(LogEntry::position).summaryStatistics();
        return new Span(slot, positions.getMin(), positions.getMax());
    }

    private void add(Span later, Span earlier) {
        findings.add(
                Anomaly.REAL_TIME_ORDER,
                () ->
                        "%s at %d, and later %s at %d"
                                .formatted(
                                        describe.apply(earlier.slot()),
                                        earlier.last(),
                                        describe.apply(later.slot()),
                                        later.first()));
    }
}
