package io.floodmark.bench.harness;

/// What a result must reach: a bound on its value or on its ratio.
///
/// @param of what is bounded
/// @param bound from which side
/// @param limit the bound itself, which is allowed
public record Target(Of of, Bound bound, double limit) {

    /// What is bounded.
    public enum Of {
        VALUE("value"),
        RATIO("ratio");

        private final String word;

        Of(String word) {
            this.word = word;
        }
    }

    /// From which side.
    public enum Bound {
        AT_LEAST(">="),
        AT_MOST("<=");

        private final String sign;

        Bound(String sign) {
            this.sign = sign;
        }
    }

    public static Target valueAtLeast(double limit) {
        return new Target(Of.VALUE, Bound.AT_LEAST, limit);
    }

    public static Target valueAtMost(double limit) {
        return new Target(Of.VALUE, Bound.AT_MOST, limit);
    }

    public static Target ratioAtLeast(double limit) {
        return new Target(Of.RATIO, Bound.AT_LEAST, limit);
    }

    public static Target ratioAtMost(double limit) {
        return new Target(Of.RATIO, Bound.AT_MOST, limit);
    }

    boolean met(double number) {
        return switch (bound) {
            case AT_LEAST -> number >= limit;
            case AT_MOST -> number <= limit;
        };
    }

    /// As in the JSON line: `value >= 5000000`.
    public String text() {
        return of.word + " " + bound.sign + " " + Digits.plain(limit);
    }
}
