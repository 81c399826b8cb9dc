package io.floodmark.load.arrival;

import java.time.Duration;

/// Arrivals whose rate grows (or falls) evenly from `from` to `to` over `length`.
///
/// With slope k = (to - from) / length, N(t) = from·t + k·t²/2 arrivals fall due until t. Arrival n
/// is due where N(t) = n, which is t = 2n / (from + √(from² + 2kn)), written so that no digits
/// cancel.
record RampArrivals(double from, double to, Duration length) implements ArrivalProcess {

    @Override
    public Arrivals start(long seed) {
        double slope = (to - from) / seconds(length);
        double last = expectedWithin(length);
        return new Arrivals() {
            private long n;

            @Override
            public long nextNanos() {
                double arrival = n++;
                if (arrival > last) {
                    return NONE;
                }
                double root = Math.sqrt(Math.max(0, from * from + 2 * slope * arrival));
                return arrival == 0 ? 0 : (long) (2e9 * arrival / (from + root));
            }
        };
    }

    @Override
    public double expectedWithin(Duration until) {
        double t = Math.min(seconds(until), seconds(length));
        return from * t + (to - from) / seconds(length) * t * t / 2;
    }

    @Override
    public double peakPerSecond(Duration until) {
        return Math.max(from, to);
    }

    @Override
    public String describe() {
        return "ramp, " + Rates.text(from) + " to " + Rates.text(to);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
