package io.floodmark.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Optional;

/// Looks up top-level members in a text that [JsonScanner] has passed; relies on it being valid.
final class JsonMembers {

    private final byte[] text;
    private int at;

    private JsonMembers(byte[] text) {
        this.text = text;
        space();
    }

    static boolean isObject(byte[] text) {
        return new JsonMembers(text).here() == '{';
    }

    /// The last member with this key, if it is a string.
    static Optional<String> stringMember(byte[] text, String key) {
        var members = new JsonMembers(text);
        return members.here() == '{' ? members.find(key) : Optional.empty();
    }

    private Optional<String> find(String key) {
        byte[] wanted = key.getBytes(UTF_8);
        Optional<String> found = Optional.empty();
        do {
            at++;
            space();
            if (here() == '}') {
                return found;
            }
            boolean same = keyIs(key, wanted);
            space();
            at++;
            space();
            if (same) {
                found = stringHere();
            }
            skipValue();
        } while (here() == ',');
        return found;
    }

    /// Steps over the key that starts here.
    private boolean keyIs(String key, byte[] wanted) {
        int start = at + 1;
        skipString();
        int end = at - 1;
        return escapeIn(start, end)
                ? unescaped(start, end).equals(key)
                : Arrays.equals(text, start, end, wanted, 0, wanted.length);
    }

    private Optional<String> stringHere() {
        if (here() != '"') {
            return Optional.empty();
        }
        int start = at;
        skipString();
        int end = at;
        at = start;
        return Optional.of(unescaped(start + 1, end - 1));
    }

    private boolean escapeIn(int start, int end) {
        for (int i = start; i < end; i++) {
            if (text[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    private String unescaped(int start, int end) {
        String raw = new String(text, start, end - start, UTF_8);
        int escape = raw.indexOf('\\');
        if (escape < 0) {
            return raw;
        }
        var plain = new StringBuilder(raw.length());
        int from = 0;
        while (escape >= 0) {
            plain.append(raw, from, escape);
            char kind = raw.charAt(escape + 1);
            plain.append(kind == 'u' ? unit(raw, escape + 2) : meaning(kind));
            from = escape + (kind == 'u' ? 6 : 2);
            escape = raw.indexOf('\\', from);
        }
        return plain.append(raw, from, raw.length()).toString();
    }

    private static char unit(String raw, int digits) {
        return (char) Integer.parseInt(raw, digits, digits + 4, 16);
    }

    private static char meaning(char escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escaped;
        };
    }

    /// Steps over a value and the space after it, to the comma or bracket that follows.
    private void skipValue() {
        int depth = 0;
        while (depth > 0 || (here() != ',' && here() != '}')) {
            switch (here()) {
                case '"' -> skipString();
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    at++;
                }
                default -> at++;
            }
        }
    }

    private void skipString() {
        at++;
        while (here() != '"') {
            at += here() == '\\' ? 2 : 1;
        }
        at++;
    }

    private void space() {
        while (here() == ' ' || here() == '\n' || here() == '\r' || here() == '\t') {
            at++;
        }
    }

    private byte here() {
        return text[at];
    }
}
