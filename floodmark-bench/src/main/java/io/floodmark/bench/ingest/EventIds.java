package io.floodmark.bench.ingest;

import java.nio.charset.StandardCharsets;

/// How the ids of the benchmark's events follow from their numbers. *Threads:* for all.
public enum EventIds {
    /// UUID version 7: they grow with the number, and stay together in an index.
    TIME_ORDERED {
        @Override
        long high(long number) {
            return ((MILLIS + number / PER_MILLI) << 16) | 0x7000;
        }

        @Override
        long low(long number) {
            return VARIANT | number;
        }
    },

    /// UUID version 4: each lies somewhere else in an index.
    RANDOM {
        @Override
        long high(long number) {
            return (mixed(number) & ~0xF000L) | 0x4000;
        }

        @Override
        long low(long number) {
            return (mixed(~number) >>> 2) | VARIANT;
        }
    };

    /// Of an id in text.
    static final int LENGTH = 36;

    private static final long MILLIS = BenchEvents.MICROS / 1_000;
    private static final int PER_MILLI = 64;
    private static final long VARIANT = 1L << 63;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    abstract long high(long number);

    abstract long low(long number);

    /// Of the event with that number.
    public String of(long number) {
        byte[] text = new byte[LENGTH];
        write(number, text, 0);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /// Writes the id as text.
    void write(long number, byte[] to, int offset) {
        long high = high(number);
        long low = low(number);
        digits(high >>> 32, 8, to, offset);
        to[offset + 8] = '-';
        digits(high >>> 16, 4, to, offset + 9);
        to[offset + 13] = '-';
        digits(high, 4, to, offset + 14);
        to[offset + 18] = '-';
        digits(low >>> 48, 4, to, offset + 19);
        to[offset + 23] = '-';
        digits(low, 12, to, offset + 24);
    }

    private static void digits(long value, int count, byte[] to, int offset) {
        long rest = value;
        for (int at = offset + count - 1; at >= offset; at--) {
            to[at] = DIGITS[(int) (rest & 0xF)];
            rest >>>= 4;
        }
    }

    /// The last step of SplitMix64, which gives each number another one.
    private static long mixed(long number) {
        long z = number + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
