package io.floodmark.store;

/// One pass over a text that checks it against the grammar of RFC 8259, the encoding UTF-8, and the
/// limits of [Json]. Builds nothing.
final class JsonScanner {

    private static final int END = -1;
    private static final int LOWEST_CONTINUATION = 0x80;
    private static final int HIGHEST_CONTINUATION = 0xBF;

    private final byte[] text;
    private int at;

    private JsonScanner(byte[] text) {
        this.text = text;
    }

    /// @throws InvalidJson at the first byte that is wrong
    static void check(byte[] utf8) {
        if (utf8.length > Json.MAX_BYTES) {
            throw tooLong(utf8.length);
        }
        var scanner = new JsonScanner(utf8);
        scanner.value(0);
        if (scanner.peek() != END) {
            throw scanner.invalid("more text after the value, starting with " + scanner.found());
        }
    }

    static InvalidJson tooLong(int length) {
        return new InvalidJson(
                "the text has " + length + " bytes or more, the limit is " + Json.MAX_BYTES,
                Json.MAX_BYTES);
    }

    /// A value with the space around it.
    private void value(int depth) {
        space();
        switch (peek()) {
            case '{' -> object(deeper(depth));
            case '[' -> array(deeper(depth));
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw expected("a value");
        }
        space();
    }

    private int deeper(int depth) {
        if (depth == Json.MAX_DEPTH) {
            throw invalid("nested deeper than the limit of " + Json.MAX_DEPTH);
        }
        return depth + 1;
    }

    private void object(int depth) {
        at++;
        space();
        if (skipped('}')) {
            return;
        }
        do {
            space();
            if (peek() != '"') {
                throw expected("a key in quotes");
            }
            string();
            space();
            skip(':', "':' after the key");
            value(depth);
        } while (skipped(','));
        skip('}', "',' or '}'");
    }

    private void array(int depth) {
        at++;
        space();
        if (skipped(']')) {
            return;
        }
        do {
            value(depth);
        } while (skipped(','));
        skip(']', "',' or ']'");
    }

    private void string() {
        at++;
        while (true) {
            int next = peek();
            if (next == '"') {
                at++;
                return;
            } else if (next == '\\') {
                escape();
            } else if (next >= LOWEST_CONTINUATION) {
                beyondAscii();
            } else if (next >= ' ') {
                at++;
            } else {
                throw next == END
                        ? expected("'\"' at the end of the string")
                        : invalid(found() + " must be escaped inside a string");
            }
        }
    }

    private void escape() {
        switch (peek(1)) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at += 2;
            case 'u' -> unicodeEscape();
            default -> {
                at++;
                throw expected("one of \"\\/bfnrtu after the backslash");
            }
        }
    }

    private void unicodeEscape() {
        char unit = hex4();
        if (unit == 0) {
            throw invalid("the escape of U+0000, which not every store can hold");
        }
        if (Character.isLowSurrogate(unit)) {
            throw invalid("the escape of a low surrogate without a high one before it");
        }
        at += 6;
        if (Character.isHighSurrogate(unit)) {
            if (peek() != '\\' || peek(1) != 'u' || !Character.isLowSurrogate(hex4())) {
                throw expected("the escape of a low surrogate after that of a high one");
            }
            at += 6;
        }
    }

    /// The four digits of the escape that starts here.
    private char hex4() {
        int unit = 0;
        for (int i = 2; i < 6; i++) {
            int digit = Character.digit(Math.max(0, peek(i)), 16);
            if (digit < 0) {
                throw invalid("\\u must be followed by four hexadecimal digits");
            }
            unit = (unit << 4) | digit;
        }
        return (char) unit;
    }

    /// One char of two to four bytes: no overlong form, no surrogate, nothing above U+10FFFF.
    private void beyondAscii() {
        int first = peek();
        if (first >= 0xC2 && first <= 0xDF) {
            continuation(1, LOWEST_CONTINUATION, HIGHEST_CONTINUATION);
            at += 2;
        } else if (first >= 0xE0 && first <= 0xEF) {
            int highest = first == 0xED ? 0x9F : HIGHEST_CONTINUATION;
            continuation(1, first == 0xE0 ? 0xA0 : LOWEST_CONTINUATION, highest);
            continuation(2, LOWEST_CONTINUATION, HIGHEST_CONTINUATION);
            at += 3;
        } else if (first >= 0xF0 && first <= 0xF4) {
            int highest = first == 0xF4 ? 0x8F : HIGHEST_CONTINUATION;
            continuation(1, first == 0xF0 ? 0x90 : LOWEST_CONTINUATION, highest);
            continuation(2, LOWEST_CONTINUATION, HIGHEST_CONTINUATION);
            continuation(3, LOWEST_CONTINUATION, HIGHEST_CONTINUATION);
            at += 4;
        } else {
            throw invalid(found() + " begins no UTF-8 character");
        }
    }

    private void continuation(int ahead, int lowest, int highest) {
        int next = peek(ahead);
        if (next < lowest || next > highest) {
            throw invalid(found() + " begins a UTF-8 character that does not go on rightly");
        }
    }

    private void literal(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (peek(i) != word.charAt(i)) {
                throw expected("a value");
            }
        }
        at += word.length();
    }

    private void number() {
        skipped('-');
        if (!skipped('0')) {
            digits("a digit");
        }
        if (skipped('.')) {
            digits("a digit after the point");
        }
        if (skipped('e') || skipped('E')) {
            if (!skipped('+')) {
                skipped('-');
            }
            digits("a digit in the exponent");
        }
    }

    private void digits(String what) {
        if (!isDigit(peek())) {
            throw expected(what);
        }
        while (isDigit(peek())) {
            at++;
        }
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    private void space() {
        while (true) {
            int next = peek();
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                return;
            }
            at++;
        }
    }

    private boolean skipped(char character) {
        boolean there = peek() == character;
        if (there) {
            at++;
        }
        return there;
    }

    private void skip(char character, String what) {
        if (!skipped(character)) {
            throw expected(what);
        }
    }

    private int peek() {
        return peek(0);
    }

    private int peek(int ahead) {
        return at + ahead < text.length ? text[at + ahead] & 0xFF : END;
    }

    private InvalidJson expected(String what) {
        return invalid("expected " + what + ", found " + found());
    }

    private String found() {
        int next = peek();
        if (next == END) {
            return "the end of the text";
        }
        return next > ' ' && next < 0x7F ? "'" + (char) next + "'" : "byte 0x%02X".formatted(next);
    }

    private InvalidJson invalid(String reason) {
        return new InvalidJson(reason, at);
    }
}
