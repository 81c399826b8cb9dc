package io.floodmark.bench.harness;

import java.math.BigDecimal;
import java.math.MathContext;

/// Numbers with as many digits as a measurement deserves.
final class Digits {

    private static final MathContext FIVE = new MathContext(5);

    private Digits() {}

    /// Five significant digits.
    static BigDecimal of(double number) {
        BigDecimal rounded = new BigDecimal(number, FIVE).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    /// The same as text without an exponent.
    static String plain(double number) {
        return of(number).toPlainString();
    }
}
