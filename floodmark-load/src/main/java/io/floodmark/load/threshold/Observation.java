package io.floodmark.load.threshold;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/// What the run showed for one threshold.
sealed interface Observation {

    /// The value with its unit, for people.
    String text();

    boolean passes(Operator operator, double limit);

    /// Nothing to measure: it proves nothing, so it passes nothing.
    record Missing(String text) implements Observation {

        @Override
        public boolean passes(Operator operator, double limit) {
            return false;
        }
    }

    /// A latency; a lower bound when operations that never ended are in it.
    record Millis(double millis, boolean lowerBound) implements Observation {

        @Override
        public String text() {
            return (lowerBound ? "≥ " : "") + rounded(millis) + " ms";
        }

        @Override
        public boolean passes(Operator operator, double limit) {
            return lowerBound
                    ? operator.holdsForAllFrom(millis, limit)
                    : operator.holds(millis, limit);
        }
    }

    /// A part of the due arrivals; its limit is a fraction of 1.
    record Share(long part, long due) implements Observation {

        @Override
        public String text() {
            return String.format(
                    Locale.ROOT, "%s %% (%,d of %,d due)", rounded(part * 100.0 / due), part, due);
        }

        @Override
        public boolean passes(Operator operator, double limit) {
            return operator.holds((double) part / due, limit);
        }
    }

    /// A number of due arrivals.
    record Count(long count) implements Observation {

        @Override
        public String text() {
            return String.format(Locale.ROOT, "%,d", count);
        }

        @Override
        public boolean passes(Operator operator, double limit) {
            return operator.holds((double) count, limit);
        }
    }

    /// Operations per second.
    record PerSecond(double rate) implements Observation {

        @Override
        public String text() {
            return rounded(rate) + "/s";
        }

        @Override
        public boolean passes(Operator operator, double limit) {
            return operator.holds(rate, limit);
        }
    }

    private static String rounded(double value) {
        return BigDecimal.valueOf(value)
                .setScale(3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
