package io.floodmark.ingest.flow;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// What one sender may send: events and bytes a second, with bursts of as much as ten seconds give.
///
/// A request passes while both buckets hold something and may overdraw them, so that a large batch
/// is never impossible; what follows waits until the debt is paid. *Threads:* for all.
public final class Quota {
    private static final int BURST_SECONDS = 10;
    private static final double NANOS = 1e9;

    private final Optional<Bucket> events;
    private final Optional<Bucket> bytes;

    /// A quota whose buckets are full.
    ///
    /// @param eventsPerSecond without limit when empty
    /// @param bytesPerSecond without limit when empty
    public Quota(OptionalLong eventsPerSecond, OptionalLong bytesPerSecond, long nowNanos) {
        this.events = bucket(eventsPerSecond, nowNanos);
        this.bytes = bucket(bytesPerSecond, nowNanos);
    }

    private static Optional<Bucket> bucket(OptionalLong perSecond, long nowNanos) {
        return perSecond.isEmpty()
                ? Optional.empty()
                : Optional.of(new Bucket(perSecond.getAsLong(), nowNanos));
    }

    /// Takes from both buckets, or from none and says when to come back.
    public synchronized Optional<Duration> take(int moreEvents, long moreBytes, long nowNanos) {
        double seconds =
                Math.max(
                        events.map(bucket -> bucket.secondsToWait(nowNanos)).orElse(0.0),
                        bytes.map(bucket -> bucket.secondsToWait(nowNanos)).orElse(0.0));
        if (seconds > 0) {
            return Optional.of(Duration.ofNanos((long) (seconds * NANOS)));
        }
        events.ifPresent(bucket -> bucket.level -= moreEvents);
        bytes.ifPresent(bucket -> bucket.level -= moreBytes);
        return Optional.empty();
    }

    private static final class Bucket {
        private final long perSecond;
        private double level;
        private long since;

        Bucket(long perSecond, long nowNanos) {
            if (perSecond < 1) {
                throw new IllegalArgumentException(
                        "a quota must be at least 1 a second, was " + perSecond);
            }
            this.perSecond = perSecond;
            this.level = (double) perSecond * BURST_SECONDS;
            this.since = nowNanos;
        }

        /// Fills up, and tells the seconds until it holds something.
        double secondsToWait(long nowNanos) {
            double full = (double) perSecond * BURST_SECONDS;
            level = Math.min(full, level + (nowNanos - since) / NANOS * perSecond);
            since = nowNanos;
            return level > 0 ? 0 : (1 - level) / perSecond;
        }
    }
}
