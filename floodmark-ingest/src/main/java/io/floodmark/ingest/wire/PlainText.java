package io.floodmark.ingest.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Finds the end of what needs no look inside a string of JSON, eight bytes at a time.
final class PlainText {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';

    private PlainText() {}

    /// The first byte from `from` on that is not a plain ASCII character of a string.
    ///
    /// Eight bytes at a time: a byte is special when it is a quote, a backslash, below a space or
    /// has its high bit set. Borrows of the subtractions only reach bytes after the first hit.
    static int end(byte[] text, int from, int end) {
        int i = from;
        while (i + Long.BYTES <= end) {
            long eight = (long) EIGHT_BYTES.get(text, i);
            long quote = eight ^ QUOTES;
            long backslash = eight ^ BACKSLASHES;
            long special =
                    ((quote - ONES) | (backslash - ONES) | (eight - SPACES) | eight) & HIGH_BITS;
            if (special != 0) {
                return i + (Long.numberOfTrailingZeros(special) >>> 3);
            }
            i += Long.BYTES;
        }
        while (i < end && isPlain(text[i])) {
            i++;
        }
        return i;
    }

    private static boolean isPlain(byte b) {
        return b >= ' ' && b != '"' && b != '\\';
    }
}
