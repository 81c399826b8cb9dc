package io.floodmark.console.terminal;

import io.floodmark.load.record.Interval;
import io.floodmark.load.record.KindStats;
import io.floodmark.load.record.RunInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// All that a frame of the live view shows, immutable.
///
/// @param recent the newest seconds, oldest first, at most [#RECENT_MAX]
/// @param kinds what each kind of operation came to since the start
/// @param notices the newest notices with their time, oldest first, at most [#NOTICES_MAX]
record LiveState(
        RunInfo info,
        List<Interval> recent,
        Peaks peaks,
        SortedMap<String, KindCount> kinds,
        List<String> notices) {

    static final int RECENT_MAX = 240;
    static final int NOTICES_MAX = 5;

    LiveState {
        recent = List.copyOf(recent);
        kinds = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(kinds));
        notices = List.copyOf(notices);
    }

    /// How operations of one kind ended.
    record KindCount(long done, long failed, long timedOut) {

        static final KindCount ZERO = new KindCount(0, 0, 0);

        KindCount plus(KindStats stats) {
            return new KindCount(
                    done + stats.done(), failed + stats.failed(), timedOut + stats.timedOut());
        }
    }

    static LiveState of(RunInfo info) {
        return new LiveState(info, List.of(), Peaks.NONE, new TreeMap<>(), List.of());
    }

    LiveState with(Interval interval) {
        SortedMap<String, KindCount> counted = new TreeMap<>(kinds);
        for (KindStats stats : interval.kinds()) {
            counted.put(
                    stats.kind(), counted.getOrDefault(stats.kind(), KindCount.ZERO).plus(stats));
        }
        return new LiveState(
                info,
                appended(recent, interval, RECENT_MAX),
                peaks.with(interval),
                counted,
                notices);
    }

    LiveState withNotice(String sentence) {
        String line = Figures.format("%.0fs  %s", elapsedSeconds(), Figures.printable(sentence));
        return new LiveState(info, recent, peaks, kinds, appended(notices, line, NOTICES_MAX));
    }

    double elapsedSeconds() {
        return recent.isEmpty() ? 0 : recent.getLast().endSeconds();
    }

    private static <T> List<T> appended(List<T> list, T item, int max) {
        List<T> longer = new ArrayList<>(list);
        longer.add(item);
        return longer.subList(Math.max(0, longer.size() - max), longer.size());
    }
}
