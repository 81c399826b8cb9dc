package io.floodmark.load.threshold;

import java.util.List;

/// How an observed value is compared with the limit.
enum Operator {
    // Longer signs first: the parser takes the first that fits.
    AT_MOST("<="),
    AT_LEAST(">="),
    EQUAL("=="),
    BELOW("<"),
    ABOVE(">");

    static final List<Operator> ALL = List.of(values());

    private final String sign;

    Operator(String sign) {
        this.sign = sign;
    }

    String sign() {
        return sign;
    }

    boolean holds(double observed, double limit) {
        return switch (this) {
            case AT_MOST -> observed <= limit;
            case AT_LEAST -> observed >= limit;
            case EQUAL -> observed == limit;
            case BELOW -> observed < limit;
            case ABOVE -> observed > limit;
        };
    }

    /// Whether the comparison is certain when the true value is `bound` or anything above it: only
    /// a test for "enough" can be.
    boolean holdsForAllFrom(double bound, double limit) {
        return switch (this) {
            case AT_LEAST, ABOVE -> holds(bound, limit);
            case AT_MOST, EQUAL, BELOW -> false;
        };
    }
}
