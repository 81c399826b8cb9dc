package io.floodmark.load.arrival;

import java.time.Duration;

/// Arrivals at equal distances: arrival n (from 0) is due at n / rate.
record ConstantArrivals(double perSecond) implements ArrivalProcess {

    @Override
    public Arrivals start(long seed) {
        return new Arrivals() {
            private long n;

            @Override
            public long nextNanos() {
                return (long) (n++ * (1e9 / perSecond));
            }
        };
    }

    @Override
    public double expectedWithin(Duration length) {
        return perSecond * length.toNanos() / 1e9;
    }

    @Override
    public double peakPerSecond(Duration length) {
        return perSecond;
    }

    @Override
    public String describe() {
        return "constant, " + Rates.text(perSecond);
    }
}
