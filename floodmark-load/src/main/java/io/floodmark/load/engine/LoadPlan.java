package io.floodmark.load.engine;

import io.floodmark.load.arrival.Pacing;
import java.time.Duration;
import java.util.Optional;

/// How a run is driven.
///
/// @param pacing arrival process, or closed loop
/// @param duration how long arrivals come
/// @param workers how many operations may be in flight at most, at any rate
/// @param queueCapacity places for arrivals that wait for a worker
/// @param queuePolicy what happens when they are taken
/// @param deadline from due to given up
/// @param seed fixes arrivals and mix
public record LoadPlan(
        Pacing pacing,
        Duration duration,
        int workers,
        int queueCapacity,
        QueuePolicy queuePolicy,
        Optional<Duration> deadline,
        long seed) {

    public LoadPlan {
        require(workers >= 1 && workers <= 10_000, "workers", workers, "1 to 10,000");
        require(queueCapacity >= 1, "queue", queueCapacity, "at least 1");
        require(duration.isPositive(), "duration", duration, "above zero");
        require(
                queuePolicy != QueuePolicy.SKIP_LATE || deadline.isPresent(),
                "queue-policy",
                queuePolicy.label(),
                "a deadline to be late against");
    }

    private static void require(boolean condition, String name, Object value, String allowed) {
        if (!condition) {
            throw new IllegalArgumentException(name + " is " + value + ", allowed: " + allowed);
        }
    }

    /// Nanoseconds from due to given up, or [Long#MAX_VALUE].
    long deadlineNanos() {
        return deadline.map(Duration::toNanos).orElse(Long.MAX_VALUE);
    }
}
