package io.floodmark.load.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `uniform`, `zipf:1.1`, or `hot:20/5`: 20 percent of the events on 5 users.
final class SkewGrammar implements Grammar<Skew> {

    private static final Pattern ZIPF = Pattern.compile("zipf:([0-9](?:\\.[0-9]{1,3})?)");
    private static final Pattern HOT = Pattern.compile("hot:([0-9]{1,3})%?/([0-9]{1,7})");
    private static final double EXPONENT_MAX = 5;
    private static final int PERCENT_MAX = 100;
    private static final int USERS_MAX = 1_000_000;

    @Override
    public Skew parse(String text) throws InvalidSetting {
        String written = text.strip();
        if (written.equals("uniform")) {
            return new Skew.Uniform();
        }
        Matcher zipf = ZIPF.matcher(written);
        if (zipf.matches()) {
            double exponent = Double.parseDouble(zipf.group(1));
            require(exponent > 0 && exponent <= EXPONENT_MAX);
            return new Skew.Zipf(exponent);
        }
        Matcher hot = HOT.matcher(written);
        if (hot.matches()) {
            int percent = Integer.parseInt(hot.group(1));
            int users = Integer.parseInt(hot.group(2));
            require(percent >= 1 && percent <= PERCENT_MAX && users >= 1 && users <= USERS_MAX);
            return new Skew.Hot(percent, users);
        }
        throw InvalidSetting.malformed("a skew", range());
    }

    private void require(boolean within) throws InvalidSetting {
        if (!within) {
            throw InvalidSetting.outOfRange(range());
        }
    }

    @Override
    public String range() {
        return "uniform, zipf:EXPONENT up to 5, or hot:PERCENT/USERS";
    }
}
