package io.floodmark.ingest.wire;

import io.floodmark.ingest.IngestLimits;

/// Moves over JSON text and checks it: the grammar of RFC 8259, UTF-8, and the limits. Builds
/// nothing.
///
/// What breaks the grammar or the encoding throws [MalformedBody]. What only breaks a limit of the
/// event is kept as its first [Flaw], and the cursor goes on, because the events after it can still
/// be good. *Threads:* for one.
final class JsonCursor {
    /// Nesting is kept in the bits of one `long`, so that deep text costs no stack.
    private static final int NESTING_MAX = 64;

    private static final int EXPONENT_MAX = 308;

    private final byte[] text;
    private final IngestLimits limits;
    private int end;
    private int at;

    private int stringStart;
    private int stringEnd;
    private boolean escaped;

    private Flaw flaw = Flaw.NONE;
    private int flawAt;
    private int members;

    JsonCursor(byte[] text, int start, int end, IngestLimits limits) {
        this.text = text;
        this.limits = limits;
        this.at = start;
        this.end = end;
    }

    /// Goes on with another part of the same text.
    void moveTo(int start, int newEnd) {
        at = start;
        end = newEnd;
    }

    int position() {
        return at;
    }

    byte[] text() {
        return text;
    }

    /// First byte of the last string, after its quote.
    int stringStart() {
        return stringStart;
    }

    /// Its closing quote.
    int stringEnd() {
        return stringEnd;
    }

    /// Whether the last string has escapes.
    boolean escaped() {
        return escaped;
    }

    /// Forgets the flaw and the count of the event before.
    void beginEvent() {
        flaw = Flaw.NONE;
        members = 0;
    }

    Flaw flaw() {
        return flaw;
    }

    int flawAt() {
        return flawAt;
    }

    /// The next byte after space, 0 at the end.
    byte next() {
        space();
        return at < end ? text[at] : 0;
    }

    boolean atEnd() {
        space();
        return at == end;
    }

    void space() {
        while (at < end) {
            byte b = text[at];
            if (b > ' ' || (b != ' ' && b != '\n' && b != '\r' && b != '\t')) {
                return;
            }
            at++;
        }
    }

    /// Takes this character after space, if it is there.
    boolean took(char character) {
        boolean there = next() == character;
        if (there) {
            at++;
        }
        return there;
    }

    void expect(char character, String what) {
        if (!took(character)) {
            throw expected(what);
        }
    }

    /// Begins an object or array and says whether anything is in it: `for (boolean more = open('[',
    /// ']', what); more; more = more(']'))`.
    boolean open(char opening, char closing, String what) {
        expect(opening, what);
        return !took(closing);
    }

    /// After a member or element: whether another one follows. If not, the object or array has
    /// ended.
    boolean more(char closing) {
        if (took(',')) {
            return true;
        }
        expect(closing, closing == '}' ? "',' or '}'" : "',' or ']'");
        return false;
    }

    /// A member's name and its colon; the name is then the last string.
    void name() {
        if (next() != '"') {
            throw expected("a name in quotes");
        }
        countMember();
        string();
        expect(':', "':' after the name");
    }

    /// Any value, in an object or array of the given depth.
    void value(int depth) {
        long arrays = 0;
        int nesting = 0;
        while (true) {
            byte first = next();
            if (first == '{' || first == '[') {
                nesting = deeper(nesting, depth);
                arrays = (arrays << 1) | (first == '[' ? 1 : 0);
                at++;
                if (next() != (first == '[' ? ']' : '}')) {
                    beginItem(first == '[');
                    continue;
                }
            } else {
                scalar(first);
                if (nesting == 0) {
                    return;
                }
            }
            while (nesting > 0 && !took(',')) {
                boolean array = (arrays & 1) != 0;
                expect(array ? ']' : '}', array ? "',' or ']'" : "',' or '}'");
                arrays >>>= 1;
                nesting--;
            }
            if (nesting == 0) {
                return;
            }
            beginItem((arrays & 1) != 0);
        }
    }

    private void beginItem(boolean array) {
        if (array) {
            countMember();
        } else {
            name();
        }
    }

    private int deeper(int nesting, int depth) {
        if (nesting == NESTING_MAX) {
            throw malformed("nested deeper than any event may be");
        }
        if (nesting + depth >= limits.depthMax()) {
            flaw(Flaw.TOO_DEEP, at);
        }
        return nesting + 1;
    }

    private void countMember() {
        if (++members > limits.membersMax()) {
            flaw(Flaw.TOO_MANY_MEMBERS, at);
        }
    }

    private void scalar(byte first) {
        switch (first) {
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw expected("a value");
        }
    }

    void literal(String word) {
        int length = word.length();
        if (end - at < length) {
            throw expected("a value");
        }
        for (int i = 0; i < length; i++) {
            if (text[at + i] != word.charAt(i)) {
                throw expected("a value");
            }
        }
        at += length;
    }

    /// The string that starts here.
    void string() {
        int i = at + 1;
        stringStart = i;
        escaped = false;
        while (true) {
            i = PlainText.end(text, i, end);
            if (i >= end) {
                at = end;
                throw expected("'\"' at the end of the string");
            }
            byte b = text[i];
            if (b == '"') {
                stringEnd = i;
                at = i + 1;
                if (i - stringStart > limits.stringBytesMax()) {
                    flaw(Flaw.LONG_STRING, stringStart);
                }
                return;
            } else if (b == '\\') {
                escaped = true;
                i = escape(i);
            } else if (b < 0) {
                i = beyondAscii(i);
            } else {
                at = i;
                throw malformed(found() + " must be escaped inside a string");
            }
        }
    }

    /// Checks the escape at `i` and returns what is after it.
    private int escape(int i) {
        at = i + 1;
        byte kind = at < end ? text[at] : 0;
        return switch (kind) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> i + 2;
            case 'u' -> unicodeEscape(i);
            default -> throw expected("one of \"\\/bfnrtu after the backslash");
        };
    }

    private int unicodeEscape(int i) {
        int unit = hex4(i);
        if (unit == 0) {
            flaw(Flaw.ZERO_CHARACTER, i);
        } else if (Character.isSurrogate((char) unit)) {
            boolean pair =
                    Character.isHighSurrogate((char) unit)
                            && i + 7 < end
                            && text[i + 6] == '\\'
                            && text[i + 7] == 'u'
                            && Character.isLowSurrogate((char) hex4(i + 6));
            if (pair) {
                return i + 12;
            }
            flaw(Flaw.LONE_SURROGATE, i);
        }
        return i + 6;
    }

    /// The four digits of the escape at `i`.
    private int hex4(int i) {
        int unit = 0;
        for (int j = i + 2; j < i + 6; j++) {
            int digit = j < end ? Character.digit((char) (text[j] & 0xFF), 16) : -1;
            if (digit < 0) {
                at = i;
                throw malformed("\\u must be followed by four hexadecimal digits");
            }
            unit = (unit << 4) | digit;
        }
        return unit;
    }

    private int beyondAscii(int i) {
        int length = Utf8.length(text, i, end);
        if (length == 0) {
            at = i;
            throw malformed(found() + " is not UTF-8");
        }
        return i + length;
    }

    void number() {
        int start = at;
        if (text[at] == '-') {
            at++;
        }
        if (at < end && text[at] == '0') {
            at++;
        } else {
            digits("a digit");
        }
        if (at < end && text[at] == '.') {
            at++;
            digits("a digit after the point");
        }
        if (at < end && (text[at] | 0x20) == 'e') {
            exponent();
        }
        if (at - start > limits.numberBytesMax()) {
            flaw(Flaw.LONG_NUMBER, start);
        }
    }

    private void exponent() {
        int start = at++;
        if (at < end && (text[at] == '+' || text[at] == '-')) {
            at++;
        }
        int first = at;
        digits("a digit in the exponent");
        int value = 0;
        for (int i = first; i < at; i++) {
            value = Math.min(value * 10 + text[i] - '0', EXPONENT_MAX + 1);
        }
        if (value > EXPONENT_MAX) {
            flaw(Flaw.HUGE_EXPONENT, start);
        }
    }

    private void digits(String what) {
        int start = at;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        if (at == start) {
            throw expected(what);
        }
    }

    private void flaw(Flaw found, int offset) {
        if (flaw == Flaw.NONE) {
            flaw = found;
            flawAt = offset;
        }
    }

    MalformedBody expected(String what) {
        return malformed("expected " + what + ", found " + found());
    }

    private String found() {
        if (at >= end) {
            return "the end";
        }
        int b = text[at] & 0xFF;
        return b > ' ' && b < 0x7F ? "'" + (char) b + "'" : "byte 0x%02X".formatted(b);
    }

    private MalformedBody malformed(String reason) {
        return new MalformedBody(at, reason);
    }
}
