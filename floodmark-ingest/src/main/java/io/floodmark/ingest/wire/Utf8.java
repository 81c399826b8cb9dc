package io.floodmark.ingest.wire;

/// Characters of two to four bytes, as RFC 3629 defines them.
final class Utf8 {

    private Utf8() {}

    /// How many bytes the character at `i` has; 0 when there is none: overlong, a surrogate, above
    /// U+10FFFF, or cut off.
    static int length(byte[] text, int i, int end) {
        int first = text[i] & 0xFF;
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (end - i < length || !second(first, text[i + 1] & 0xFF)) {
            return 0;
        }
        for (int j = i + 2; j < i + length; j++) {
            if ((text[j] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    private static boolean second(int first, int second) {
        int lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        return second >= lowest && second <= highest;
    }
}
