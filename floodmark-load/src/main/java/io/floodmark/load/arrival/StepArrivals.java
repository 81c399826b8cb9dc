package io.floodmark.load.arrival;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Arrivals at one constant rate after another.
record StepArrivals(List<Step> steps) implements ArrivalProcess {

    /// A rate that is held for a time; zero is a pause.
    record Step(Duration length, double perSecond) {
        double arrivals() {
            return perSecond * length.toNanos() / 1e9;
        }
    }

    StepArrivals {
        steps = List.copyOf(steps);
    }

    @Override
    public Arrivals start(long seed) {
        return new Arrivals() {
            private int index;
            private long n;
            private long stepStart;

            @Override
            public long nextNanos() {
                while (index < steps.size() && n >= Math.ceil(steps.get(index).arrivals())) {
                    stepStart += steps.get(index++).length().toNanos();
                    n = 0;
                }
                return index == steps.size()
                        ? NONE
                        : stepStart + (long) (n++ * (1e9 / steps.get(index).perSecond()));
            }
        };
    }

    @Override
    public double expectedWithin(Duration length) {
        double arrivals = 0;
        long left = length.toNanos();
        for (Step step : steps) {
            long held = Math.min(left, step.length().toNanos());
            arrivals += step.perSecond() * held / 1e9;
            left -= held;
        }
        return arrivals;
    }

    @Override
    public double peakPerSecond(Duration length) {
        return steps.stream().mapToDouble(Step::perSecond).max().orElse(0);
    }

    @Override
    public Optional<Duration> ownLength() {
        return Optional.of(steps.stream().map(Step::length).reduce(Duration.ZERO, Duration::plus));
    }

    @Override
    public String describe() {
        return steps.stream()
                .map(step ->
                        Rates.text(step.perSecond())
                                + " for "
                                + step.length().toMillis() / 1e3
                                + " s")
                .collect(Collectors.joining(", ", "steps, ", ""));
    }
}
