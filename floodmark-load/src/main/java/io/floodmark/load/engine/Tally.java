package io.floodmark.load.engine;

import io.floodmark.load.record.KindStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// What was measured over a stretch of time: per kind, and over all kinds.
///
/// *Threads.* Guarded by the lock of the [Statistics].
final class Tally {

    private final List<OperationShare> shares;
    private final List<KindTally> kinds = new ArrayList<>();
    final CensoredHistogram queueWait = new CensoredHistogram();
    final CensoredHistogram poolWait = new CensoredHistogram();
    final CensoredHistogram generatorLag = new CensoredHistogram();
    final CensoredHistogram lagWithFreeWorker = new CensoredHistogram();

    Tally(List<OperationShare> shares) {
        this.shares = List.copyOf(shares);
        shares.forEach(_ -> kinds.add(new KindTally()));
    }

    void count(SampleBuffer.Sample sample) {
        kinds.get(sample.kind).count(sample);
        generatorLag.record(sample.released - sample.due);
        if (sample.taken == 0) {
            queueWait.recordBound(sample.end - sample.released);
            return;
        }
        queueWait.record(sample.taken - sample.released);
        if (sample.workerWasFree) {
            lagWithFreeWorker.record(sample.taken - sample.due);
        }
        if (sample.acquired != 0) {
            poolWait.record(sample.acquired - sample.taken);
        } else if (sample.outcome == Outcome.TIMED_OUT_IN_POOL) {
            poolWait.recordBound(sample.end - sample.taken);
        }
    }

    void add(Tally other) {
        for (int kind = 0; kind < kinds.size(); kind++) {
            kinds.get(kind).add(other.kinds.get(kind));
        }
        queueWait.add(other.queueWait);
        poolWait.add(other.poolWait);
        generatorLag.add(other.generatorLag);
        lagWithFreeWorker.add(other.lagWithFreeWorker);
    }

    void reset() {
        kinds.forEach(KindTally::reset);
        queueWait.reset();
        poolWait.reset();
        generatorLag.reset();
        lagWithFreeWorker.reset();
    }

    KindTally total() {
        KindTally total = new KindTally();
        kinds.forEach(total::add);
        return total;
    }

    List<KindStats> kindStats() {
        List<KindStats> stats = new ArrayList<>();
        for (int kind = 0; kind < kinds.size(); kind++) {
            stats.add(kinds.get(kind).stats(shares.get(kind).name()));
        }
        return stats;
    }

    /// Copies of the distributions, by the name under which files and plots know them.
    Map<String, Histogram> histograms() {
        KindTally total = total();
        Map<String, Histogram> histograms = new TreeMap<>();
        histograms.put("response", total.response.all());
        histograms.put("service", total.service.all());
        histograms.put("wait", total.waiting.all());
        histograms.put("lag", generatorLag.all());
        for (int kind = 0; kind < kinds.size(); kind++) {
            histograms.put("response_" + shares.get(kind).name(), kinds.get(kind).response.all());
        }
        return histograms;
    }
}
