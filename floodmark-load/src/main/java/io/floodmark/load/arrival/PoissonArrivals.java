package io.floodmark.load.arrival;

import io.floodmark.load.time.SeededRandom;
import java.time.Duration;

/// Independent arrivals: gaps are exponential with mean 1 / rate.
record PoissonArrivals(double perSecond) implements ArrivalProcess {

    @Override
    public Arrivals start(long seed) {
        SeededRandom random = new SeededRandom(seed);
        double meanGapNanos = 1e9 / perSecond;
        return new Arrivals() {
            private double due;

            @Override
            public long nextNanos() {
                due += random.nextExponential() * meanGapNanos;
                return (long) due;
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
        return "poisson, " + Rates.text(perSecond);
    }
}
