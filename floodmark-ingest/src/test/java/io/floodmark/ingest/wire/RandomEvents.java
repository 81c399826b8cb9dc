package io.floodmark.ingest.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/// Events with every kind of JSON in them, some of which are then damaged.
final class RandomEvents {
    private static final List<String> TEXTS =
            List.of(
                    "event_id",
                    "user_id",
                    "anonymous_id",
                    "session_id",
                    "campaign",
                    "source",
                    "medium",
                    "channel",
                    "referrer",
                    "click_id");
    private static final List<String> SPACE = List.of("", "", "", " ", "\n", "\t\r\n ");
    private static final List<String> PIECES =
            List.of(
                    "a",
                    "Zürich",
                    "日本",
                    "😀",
                    "\\n",
                    "\\\"",
                    "\\\\",
                    "\\/",
                    "\\u00e9",
                    "\\ud83d\\ude00",
                    "0123456789abcdef",
                    " ",
                    "~",
                    "\u007f",
                    "\\b\\f\\r\\t");
    private static final List<String> RARE =
            List.of("\\u0000", "\\ud800", "\\udc00x", "\\ud800\\u0041", "\\u12", "\\x", "\u0001");
    private static final List<String> NUMBERS =
            List.of("0", "-0", "1", "-17", "3.25", "1e3", "1E-7", "12.5e+2", "1234567890123456789");
    private static final List<String> WRONG =
            List.of("01", "1.", ".5", "+1", "NaN", "1e", "-", "0x10", "tru", "'a'", "undefined");
    private static final List<String> TIMES =
            List.of(
                    "2026-11-21T10:00:00Z",
                    "2026-11-21T10:00:00.123456+02:00",
                    "2026-02-30T10:00:00Z",
                    "yesterday");

    private final Random random;
    private final StringBuilder text = new StringBuilder();

    RandomEvents(Random random) {
        this.random = random;
    }

    byte[] next() {
        space();
        if (random.nextInt(40) == 0) {
            value(3);
        } else {
            event();
        }
        space();
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return random.nextInt(4) == 0 ? damaged(bytes) : bytes;
    }

    private void event() {
        text.append('{');
        int members = random.nextInt(7);
        boolean typed = random.nextInt(20) > 0;
        for (int i = 0; i < members; i++) {
            member();
            text.append(',');
        }
        name("event_type");
        if (typed) {
            text.append("\"page_view\"");
        } else {
            value(3);
        }
        space();
        text.append('}');
    }

    private void member() {
        switch (random.nextInt(12)) {
            case 0 -> {
                name("timestamp");
                text.append('"').append(one(TIMES)).append('"');
            }
            case 1 -> {
                name("revenue");
                text.append(one(NUMBERS));
            }
            case 2 -> {
                name("currency");
                text.append(one(List.of("\"EUR\"", "null", "\"eur\"", "1")));
            }
            case 3, 4, 5, 6 -> {
                name("properties");
                object(2);
            }
            case 7 -> {
                name(random.nextInt(3) == 0 ? "event\\u005fid" : "other");
                value(2);
            }
            default -> {
                name(one(TEXTS));
                if (random.nextInt(20) == 0) {
                    value(2);
                } else {
                    string();
                }
            }
        }
        space();
    }

    private void name(String name) {
        space();
        text.append('"').append(name).append('"');
        space();
        text.append(':');
        space();
    }

    private void value(int depth) {
        space();
        switch (random.nextInt(depth > 8 ? 5 : 8)) {
            case 0 -> string();
            case 1 -> text.append(one(NUMBERS));
            case 2 -> text.append("true");
            case 3 -> text.append("false");
            case 4 -> text.append(random.nextInt(30) == 0 ? one(WRONG) : "null");
            case 5 -> array(depth);
            default -> object(depth);
        }
        space();
    }

    private void array(int depth) {
        text.append('[');
        for (int i = random.nextInt(4); i > 0; i--) {
            value(depth + 1);
            text.append(i > 1 ? "," : "");
        }
        text.append(']');
    }

    private void object(int depth) {
        text.append('{');
        for (int i = random.nextInt(4); i > 0; i--) {
            space();
            string();
            space();
            text.append(':');
            value(depth + 1);
            text.append(i > 1 ? "," : "");
        }
        space();
        text.append('}');
    }

    private void string() {
        text.append('"');
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(random.nextInt(60) == 0 ? one(RARE) : one(PIECES));
        }
        text.append('"');
    }

    private void space() {
        text.append(one(SPACE));
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    /// One byte replaced, removed, doubled or cut, or a few bytes that are no UTF-8 put in.
    private byte[] damaged(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = random.nextInt(bytes.length);
        out.write(bytes, 0, at);
        switch (random.nextInt(6)) {
            case 0 -> out.write(random.nextInt(256));
            case 1 -> out.writeBytes(new byte[] {bytes[at], bytes[at]});
            case 2 -> {
                return out.toByteArray();
            }
            case 3 ->
                    out.writeBytes(
                            one(List.of("{", "}", "[", "]", ",", ":", "\""))
                                    .getBytes(StandardCharsets.UTF_8));
            case 4 -> {
                byte[] some = new byte[1 + random.nextInt(4)];
                random.nextBytes(some);
                some[0] |= (byte) 0x80;
                out.writeBytes(some);
            }
            default -> {}
        }
        out.write(bytes, at + 1, bytes.length - at - 1);
        return out.toByteArray();
    }
}
