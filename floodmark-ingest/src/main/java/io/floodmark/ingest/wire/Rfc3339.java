package io.floodmark.ingest.wire;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.OptionalLong;

/// Times such as `2026-11-21T14:05:09.123456Z`, read without building what is thrown away.
final class Rfc3339 {
    private static final int FRACTION_AT = 19;
    private static final int MICRO_DIGITS = 6;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long SECONDS_PER_DAY = 86_400;

    private final byte[] text;
    private final int end;
    private int at;
    private boolean wrong;

    private Rfc3339(byte[] text, int start, int end) {
        this.text = text;
        this.at = start;
        this.end = end;
    }

    /// Microseconds since 1970; empty when it is no such time. More digits than six are cut, and a
    /// leap second counts as the last one of its minute.
    static OptionalLong micros(byte[] text, int start, int end) {
        if (end - start <= FRACTION_AT) {
            return OptionalLong.empty();
        }
        return new Rfc3339(text, start, end).micros();
    }

    private OptionalLong micros() {
        int year = digits(4);
        skip('-');
        int month = digits(2);
        skip('-');
        int day = digits(2);
        skip('T');
        long seconds = daySeconds();
        long micros = fraction();
        long offset = offsetSeconds();
        if (wrong || at != end) {
            return OptionalLong.empty();
        }
        try {
            long days = LocalDate.of(year, month, day).toEpochDay();
            return OptionalLong.of(
                    (days * SECONDS_PER_DAY + seconds - offset) * MICROS_PER_SECOND + micros);
        } catch (DateTimeException _) {
            return OptionalLong.empty();
        }
    }

    private long daySeconds() {
        int hour = limited(digits(2), 23);
        skip(':');
        int minute = limited(digits(2), 59);
        skip(':');
        int second = limited(digits(2), 60);
        return hour * 3_600L + minute * 60L + Math.min(second, 59);
    }

    private long fraction() {
        if (at >= end || text[at] != '.') {
            return 0;
        }
        int first = ++at;
        long micros = 0;
        while (at < end && isDigit(text[at])) {
            if (at - first < MICRO_DIGITS) {
                micros = micros * 10 + text[at] - '0';
            }
            at++;
        }
        wrong |= at == first;
        for (int i = at - first; i < MICRO_DIGITS; i++) {
            micros *= 10;
        }
        return micros;
    }

    private long offsetSeconds() {
        if (at < end && (text[at] | 0x20) == 'z') {
            at++;
            return 0;
        }
        boolean west = at < end && text[at] == '-';
        if (!west) {
            skip('+');
        } else {
            at++;
        }
        int hours = limited(digits(2), 23);
        skip(':');
        int minutes = limited(digits(2), 59);
        long seconds = hours * 3_600L + minutes * 60L;
        return west ? -seconds : seconds;
    }

    private int digits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++, at++) {
            if (at >= end || !isDigit(text[at])) {
                wrong = true;
                return 0;
            }
            value = value * 10 + text[at] - '0';
        }
        return value;
    }

    private int limited(int value, int most) {
        wrong |= value > most;
        return value;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /// Letters in either case, as the RFC has it.
    private void skip(char wanted) {
        boolean there = at < end && (text[at] == wanted || (wanted == 'T' && text[at] == 't'));
        wrong |= !there;
        at++;
    }
}
