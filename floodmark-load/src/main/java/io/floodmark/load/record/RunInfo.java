package io.floodmark.load.record;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a run was asked to do, known before it starts.
///
/// @param id unique name of the run, also in its folder's name
/// @param startedAt wall-clock start
/// @param workload the workload's name
/// @param target where the load goes, without secrets (`127.0.0.1:5432/bench`)
/// @param arrival the arrival process in words (`poisson, 300/s`)
/// @param closedLoop whether workers set the pace: then there is no offered rate to speak of
/// @param duration planned length
/// @param workers number of workers
/// @param queueCapacity places in the queue
/// @param queuePolicy `reject`, `wait` or `skip-late`
/// @param deadline from due to given up; zero when there is none
/// @param seed seed of arrivals, mix and data
/// @param kinds the kinds of operation with their share (`insert 63 %`)
/// @param settings every setting with its value, secrets masked
public record RunInfo(
        String id,
        Instant startedAt,
        String workload,
        String target,
        String arrival,
        boolean closedLoop,
        Duration duration,
        int workers,
        int queueCapacity,
        String queuePolicy,
        Duration deadline,
        long seed,
        List<String> kinds,
        SortedMap<String, String> settings) {

    public RunInfo {
        kinds = List.copyOf(kinds);
        settings = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }
}
