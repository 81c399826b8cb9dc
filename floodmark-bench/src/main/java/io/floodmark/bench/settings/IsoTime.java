package io.floodmark.bench.settings;

import java.time.LocalDate;

/// Reads times of the one form that the benchmarks write, `2026-11-21T10:00:00.000Z`, without
/// building more than the day.
final class IsoTime {
    private static final int LENGTH = 24;
    private static final long DAY_SECONDS = 86_400;

    private IsoTime() {}

    /// Microseconds since 1970.
    static long micros(String text) {
        if (text.length() != LENGTH || text.charAt(LENGTH - 1) != 'Z') {
            throw new IllegalArgumentException("not a time of the benchmark: " + text);
        }
        long day =
                LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10))
                        .toEpochDay();
        long seconds =
                day * DAY_SECONDS
                        + digits(text, 11, 13) * 3_600L
                        + digits(text, 14, 16) * 60L
                        + digits(text, 17, 19);
        return (seconds * 1_000 + digits(text, 20, 23)) * 1_000;
    }

    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new IllegalArgumentException("not a time of the benchmark: " + text);
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
