package io.floodmark.ingest.flow;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;

/// When the sink is left alone for a while: half of its batches within a window failed, or were
/// slow. Bad events are no failures.
///
/// @param window over which batches count; whole seconds
/// @param callsMin batches in the window before it may open
/// @param slow from which time on a batch is slow
/// @param open how long no batch is sent before one is tried
public record BreakerSettings(Duration window, int callsMin, Duration slow, Duration open) {
    private static final int HALF = 50;

    /// The documented defaults.
    public static BreakerSettings defaults() {
        return new BreakerSettings(
                Duration.ofSeconds(10), 3, Duration.ofSeconds(10), Duration.ofSeconds(2));
    }

    CircuitBreaker breaker() {
        return CircuitBreaker.of(
                "sink",
                CircuitBreakerConfig.custom()
                        .slidingWindow(
                                (int) window.toSeconds(),
                                callsMin,
                                SlidingWindowType.TIME_BASED,
                                CircuitBreakerConfig.SlidingWindowSynchronizationStrategy
                                        .SYNCHRONIZED)
                        .failureRateThreshold(HALF)
                        .slowCallRateThreshold(HALF)
                        .slowCallDurationThreshold(slow)
                        .waitDurationInOpenState(open)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .automaticTransitionFromOpenToHalfOpenEnabled(true)
                        .build());
    }
}
