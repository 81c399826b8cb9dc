package io.floodmark.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;

/// Argument checks that several types of the model share; each message names value and limit.
final class Checks {

    /// What every store can hold: the years that ISO 8601 writes with four digits.
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private static final int SHOWN_CHARS = 40;

    private Checks() {}

    /// A name: 1 to `charsMax` chars, no control characters, no unpaired surrogates.
    static void name(String what, String text, int charsMax) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(what + " is empty; 1 to " + charsMax + " chars");
        }
        text(what, text, charsMax);
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw new IllegalArgumentException(
                        "%s has the control character U+%04X at index %d; use printable text"
                                .formatted(what, (int) text.charAt(i), i));
            }
        }
    }

    /// Any text that UTF-8 and every store can hold: at most `charsMax` chars, no U+0000, no
    /// unpaired surrogates.
    static void text(String what, String text, int charsMax) {
        if (text.length() > charsMax) {
            throw new IllegalArgumentException(
                    "%s has %d chars, the limit is %d: '%s…'"
                            .formatted(
                                    what, text.length(), charsMax, text.substring(0, SHOWN_CHARS)));
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new IllegalArgumentException(
                        what + " has the character U+0000 at index " + i);
            }
            if (Character.isSurrogate(c)) {
                if (!isPairAt(text, i)) {
                    throw new IllegalArgumentException(
                            what + " has half a surrogate pair at index " + i);
                }
                i++;
            }
        }
    }

    private static boolean isPairAt(String text, int index) {
        return index + 1 < text.length()
                && Character.isSurrogatePair(text.charAt(index), text.charAt(index + 1));
    }

    static void between(String what, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "%s is %d; it must be %d to %d".formatted(what, value, min, max));
        }
    }

    static void atMost(String what, Collection<?> values, int max) {
        if (values.size() > max) {
            throw new IllegalArgumentException(
                    "%d %s, the limit is %d".formatted(values.size(), what, max));
        }
    }

    /// The instant in microseconds, the precision of the stores.
    static Instant micros(String what, Instant instant) {
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new IllegalArgumentException(
                    "%s is %s; it must be %s to %s".formatted(what, instant, EARLIEST, LATEST));
        }
        return instant.truncatedTo(ChronoUnit.MICROS);
    }
}
