package io.floodmark.ingest.flow;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;

/// When the sink is left alone for a while: too many of its batches within a window failed, or were
/// slow. Bad events are no failures.
///
/// A batch fails only when its sink has tried it for seconds, so that one is enough where no other
/// went well; a writer whose batches take as long as the window to fail never shows more than one.
/// What went well before an outage keeps the breaker closed until it has left the window.
///
/// @param window over which batches count; whole seconds, default 5 s
/// @param callsMin batches in the window before it may open; default 1
/// @param percent of the batches failed, or of them slow, at which it opens; default 50
/// @param slow from which time on a batch is slow; default 10 s
/// @param open how long no batch is sent before one is tried; default 2 s
public record BreakerSettings(
        Duration window, int callsMin, int percent, Duration slow, Duration open) {
    private static final int PERCENT_MAX = 100;

    /// Checks the values.
    public BreakerSettings {
        if (window.toSeconds() < 1 || callsMin < 1 || percent < 1 || percent > PERCENT_MAX) {
            throw new IllegalArgumentException(
                    "the breaker's window must be at least 1 s, its batches at least 1 and its percent 1 to 100,"
                            + " were %s, %d and %d".formatted(window, callsMin, percent));
        }
        if (!slow.isPositive() || !open.isPositive()) {
            throw new IllegalArgumentException(
                    "the breaker's slow and open times must be positive, were %s and %s"
                            .formatted(slow, open));
        }
    }

    /// The documented defaults.
    public static BreakerSettings defaults() {
        return new BreakerSettings(
                Duration.ofSeconds(5), 1, 50, Duration.ofSeconds(10), Duration.ofSeconds(2));
    }

    /// A closed breaker with these settings.
    public CircuitBreaker breaker() {
        return CircuitBreaker.of(
                "sink",
                CircuitBreakerConfig.custom()
                        .slidingWindow(
                                (int) window.toSeconds(),
                                callsMin,
                                SlidingWindowType.TIME_BASED,
                                CircuitBreakerConfig.SlidingWindowSynchronizationStrategy
                                        .SYNCHRONIZED)
                        .failureRateThreshold(percent)
                        .slowCallRateThreshold(percent)
                        .slowCallDurationThreshold(slow)
                        .waitDurationInOpenState(open)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .automaticTransitionFromOpenToHalfOpenEnabled(true)
                        .build());
    }
}
