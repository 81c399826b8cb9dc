package io.floodmark.load.arrival;

import java.math.BigDecimal;

/// How rates are written.
final class Rates {

    private Rates() {}

    static String text(double perSecond) {
        return new BigDecimal(Double.toString(perSecond)).stripTrailingZeros().toPlainString()
                + "/s";
    }
}
