package io.floodmark.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Names for runs: the moment, so that they sort, and a piece of the seed.
final class RunNames {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private RunNames() {}

    static String next(Instant now, long seed) {
        return MOMENT.format(now) + "-" + "%04x".formatted(seed & 0xFFFF);
    }
}
