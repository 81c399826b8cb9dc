package io.floodmark.store.tck.history;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/// Strong reads are complete up to their end, and their end is not older than what had returned
/// before they were invoked.
final class ReadCheck {

    private final RoundRecords records;
    private final RoundLog log;
    private final MatchHistory history;
    private final Findings findings;
    private final IntFunction<String> describe;

    ReadCheck(
            RoundRecords records,
            RoundLog log,
            MatchHistory history,
            Findings findings,
            IntFunction<String> describe) {
        this.records = records;
        this.log = log;
        this.history = history;
        this.findings = findings;
        this.describe = describe;
    }

    /// A sweep over time: for each read, the last match of its query among what had returned.
    void run() {
        List<Integer> reads =
                records.ownSlots()
                        .filter(slot -> records.hasRead[slot])
                        .boxed()
                        .sorted(Comparator.comparingLong(slot -> records.readInvoked[slot]))
                        .toList();
        List<Integer> ended =
                records.slots()
                        .filter(slot -> records.outcome(slot) == Outcome.ACCEPTED)
                        .boxed()
                        .sorted(Comparator.comparingLong(slot -> records.returned[slot]))
                        .toList();
        Map<Integer, Long> acknowledged = new HashMap<>();
        int next = 0;
        for (int read : reads) {
            while (next < ended.size()
                    && records.returned[ended.get(next)] < records.readInvoked[read]) {
                acknowledge(ended.get(next), acknowledged);
                next++;
            }
            checkFresh(read, acknowledged.getOrDefault(records.query[read], 0L));
            checkContent(read);
        }
    }

    private void acknowledge(int slot, Map<Integer, Long> acknowledged) {
        for (LogEntry entry : log.stored(slot)) {
            for (int query : entry.matches()) {
                acknowledged.merge(query, entry.position(), Math::max);
            }
        }
    }

    private void checkFresh(int read, long acknowledged) {
        long due = Math.max(acknowledged, history.last(records.query[read]));
        if (records.readUpTo[read] < due) {
            findings.add(
                    Anomaly.STALE_READ,
                    () ->
                            "the read before %s ended at %d although %d matches and had returned"
                                    .formatted(describe.apply(read), records.readUpTo[read], due));
        }
    }

    private void checkContent(int read) {
        int query = records.query[read];
        long after = records.readAfter[read];
        if (history.hasMatchAfter(query, after)) {
            return; // Began in an earlier round, whose events are forgotten.
        }
        List<LogEntry> matches = log.matches(query);
        int from = RoundLog.indexAbove(matches, after);
        int to = RoundLog.indexAbove(matches, records.readUpTo[read]);
        long hash = 0;
        for (int i = from; i < to; i++) {
            hash += PositionHash.of(matches.get(i).position());
        }
        int due = Math.max(0, to - from);
        if (records.readCount[read] != due || records.readHash[read] != hash) {
            findings.add(
                    Anomaly.WRONG_READ,
                    () ->
                            "the read before %s delivered %d events above %d up to %d, the log has"
                                            .formatted(
                                                    describe.apply(read),
                                                    records.readCount[read],
                                                    after,
                                                    records.readUpTo[read])
                                    + " %d, or others".formatted(due));
        }
    }
}
