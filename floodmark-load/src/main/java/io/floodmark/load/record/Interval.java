package io.floodmark.load.record;

import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/// One second of a run: what happened in it, and the books at its end.
///
/// @param startSeconds start of the interval, seconds since the start of the run
/// @param endSeconds end of the interval, seconds since the start of the run
/// @param delta what the account gained in the interval, and its levels at the end
/// @param account the account since the start of the run
/// @param booksClosed whether independently counted queue and workers explained every due arrival
/// @param queueDepthMax the deepest queue in the interval
/// @param total all kinds together, in this interval alone
/// @param kinds each kind of operation, in this interval alone
/// @param queueWait waiting for a worker
/// @param poolWait waiting for a connection
/// @param generatorLag released minus due: the generator's own lateness
/// @param disturbed due arrivals that the generator served late although a worker was free
/// @param pauseMillisMax longest stall of the generator's process in the interval
/// @param cpuPercent CPU of the generator's process, percent of all cores; empty when the system
///   does not tell
/// @param gauges what the workload reports: `pool_open`, `pool_active`, `pool_waiting`,
///   `server_connections`, `server_free_connections`, `bytes_written`, ... by name
public record Interval(
        double startSeconds,
        double endSeconds,
        Account delta,
        Account account,
        boolean booksClosed,
        long queueDepthMax,
        KindStats total,
        List<KindStats> kinds,
        Latency queueWait,
        Latency poolWait,
        Latency generatorLag,
        long disturbed,
        double pauseMillisMax,
        OptionalDouble cpuPercent,
        SortedMap<String, Long> gauges) {

    public Interval {
        kinds = List.copyOf(kinds);
        gauges = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(gauges));
    }

    public double seconds() {
        return endSeconds - startSeconds;
    }

    /// Arrivals that fell due, per second.
    public double offeredPerSecond() {
        return delta.due() / seconds();
    }

    /// Operations completed, per second: goodput.
    public double achievedPerSecond() {
        return delta.done() / seconds();
    }
}
