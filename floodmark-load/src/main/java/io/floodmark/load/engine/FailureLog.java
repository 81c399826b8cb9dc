package io.floodmark.load.engine;

import io.floodmark.load.record.FailureCount;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Failures counted by kind, with the first and last time and one example each.
///
/// *Threads.* Any; guarded by `this`. Only failing operations come here.
final class FailureLog {

    private static final int KINDS_MAX = 64;
    private static final int EXAMPLE_LENGTH_MAX = 300;
    private static final String OTHER = "other kinds";

    private final long startNanos;
    private final Map<String, Entry> entries = new HashMap<>();

    private static final class Entry {
        private long count;
        private final long firstNanos;
        private long lastNanos;
        private final String example;

        Entry(long firstNanos, String example) {
            this.firstNanos = firstNanos;
            this.example = example;
        }
    }

    FailureLog(long startNanos) {
        this.startNanos = startNanos;
    }

    synchronized void count(String kind, String message, long nowNanos) {
        String key = entries.size() < KINDS_MAX || entries.containsKey(kind) ? kind : OTHER;
        Entry entry = entries.computeIfAbsent(key, _ -> new Entry(nowNanos, shortened(message)));
        entry.count++;
        entry.lastNanos = nowNanos;
    }

    synchronized List<FailureCount> counts() {
        return entries.entrySet().stream()
                .map(entry ->
                        new FailureCount(
                                entry.getKey(),
                                entry.getValue().count,
                                seconds(entry.getValue().firstNanos),
                                seconds(entry.getValue().lastNanos),
                                entry.getValue().example))
                .sorted(Comparator.comparingLong(FailureCount::count).reversed())
                .toList();
    }

    private double seconds(long nanos) {
        return (nanos - startNanos) / 1e9;
    }

    private static String shortened(String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        return line.length() <= EXAMPLE_LENGTH_MAX
                ? line
                : line.substring(0, EXAMPLE_LENGTH_MAX) + "…";
    }
}
