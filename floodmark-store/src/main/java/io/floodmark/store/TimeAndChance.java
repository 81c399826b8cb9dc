package io.floodmark.store;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.LongSupplier;

/// Where a store takes the time and random numbers from; given by tests that need to repeat.
///
/// @param clock the time of day, for time stamps and leases
/// @param nanos a timer for deadlines, as [System#nanoTime()]
/// @param randomBits 64 random bits at each call, from any thread
public record TimeAndChance(Clock clock, LongSupplier nanos, LongSupplier randomBits) {

    private static final TimeAndChance SYSTEM =
            new TimeAndChance(Clock.systemUTC(), System::nanoTime, new SecureRandom()::nextLong);

    /// Those of this machine.
    public static TimeAndChance system() {
        return SYSTEM;
    }

    public TimeAndChance withClock(Clock other) {
        return new TimeAndChance(other, nanos, randomBits);
    }
}
