package io.floodmark.bench.contest;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// What was done to the processes of a campaign.
///
/// *Threads.* Any.
final class Tally {

    private final Map<Moment, Long> atMoments = new EnumMap<>(Moment.class);
    private long atRandom;
    private long backends;
    private long unwanted;

    /// A process was killed.
    synchronized void killed(Optional<Moment> moment) {
        moment.ifPresentOrElse(at -> atMoments.merge(at, 1L, Long::sum), () -> atRandom++);
    }

    /// A session at the server was terminated.
    synchronized void terminated(long count) {
        backends += count;
    }

    /// A process ended or did not come up although nobody killed it.
    synchronized void unwanted() {
        unwanted++;
    }

    synchronized long kills() {
        return atRandom + atMoments.values().stream().mapToLong(Long::longValue).sum();
    }

    synchronized long kills(Moment moment) {
        return atMoments.getOrDefault(moment, 0L);
    }

    synchronized long backends() {
        return backends;
    }

    synchronized long unwantedEnds() {
        return unwanted;
    }
}
