package io.floodmark.ingest.wire;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;

/// Texts out of JSON, and into it.
final class JsonText {

    private JsonText() {}

    /// The string that the cursor moved over last. Its escapes were checked.
    static String last(JsonCursor cursor) {
        int start = cursor.stringStart();
        int length = cursor.stringEnd() - start;
        String raw = new String(cursor.text(), start, length, StandardCharsets.UTF_8);
        return cursor.escaped() ? unescape(raw) : raw;
    }

    private static String unescape(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        int i = 0;
        while (i < raw.length()) {
            char c = raw.charAt(i);
            if (c != '\\') {
                text.append(c);
                i++;
            } else if (raw.charAt(i + 1) == 'u') {
                text.append((char) Integer.parseInt(raw, i + 2, i + 6, 16));
                i += 6;
            } else {
                text.append(control(raw.charAt(i + 1)));
                i += 2;
            }
        }
        return text.toString();
    }

    private static char control(char letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> letter;
        };
    }

    /// A string of JSON, with its quotes.
    static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    /// A name as a part of a JSON pointer.
    static String pointer(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
