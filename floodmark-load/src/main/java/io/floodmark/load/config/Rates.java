package io.floodmark.load.config;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Operations per second: `300`, `300/s`, `20/m`, `1k/s`, `1.5M/h`.
final class Rates implements Grammar<Double> {

    private static final BigDecimal MAX = BigDecimal.valueOf(10_000_000);
    // Bounded digits: the decimal is expanded in full.
    private static final Pattern RATE =
            Pattern.compile("([+-]?[0-9]{1,18}(?:\\.[0-9]{1,9})?)\\s*([kM]?)(?:\\s*/\\s*([smh]))?");

    @Override
    public Double parse(String text) throws InvalidSetting {
        BigDecimal rate = perSecond(text);
        if (rate.signum() <= 0 || rate.compareTo(MAX) > 0) {
            throw InvalidSetting.outOfRange(range());
        }
        return rate.doubleValue();
    }

    /// As [#parse(String)], but zero is allowed: where a ramp may begin or a step may rest.
    BigDecimal parseFromZero(String text) throws InvalidSetting {
        BigDecimal rate = perSecond(text);
        if (rate.signum() < 0 || rate.compareTo(MAX) > 0) {
            throw InvalidSetting.outOfRange("0 to 10,000,000 operations per second");
        }
        return rate;
    }

    private BigDecimal perSecond(String text) throws InvalidSetting {
        Matcher matcher = RATE.matcher(text.strip());
        if (!matcher.matches()) {
            throw InvalidSetting.malformed("a rate", "a number such as 300, 300/s, 20/m or 1k/s");
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        BigDecimal scaled =
                switch (matcher.group(2)) {
                    case "k" -> number.movePointRight(3);
                    case "M" -> number.movePointRight(6);
                    default -> number;
                };
        String unit = matcher.group(3);
        if (unit == null || unit.equals("s")) {
            return scaled;
        }
        return scaled.divide(
                BigDecimal.valueOf(unit.equals("m") ? 60 : 3600), MathContext.DECIMAL128);
    }

    @Override
    public String range() {
        return "more than 0 and at most 10,000,000 operations per second";
    }

    @Override
    public String format(Double value) {
        return plain(BigDecimal.valueOf(value)) + "/s";
    }

    static String plain(BigDecimal value) {
        return value.round(MathContext.DECIMAL64).stripTrailingZeros().toPlainString();
    }
}
