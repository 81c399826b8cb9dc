package io.floodmark.ingest.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// JSON as it is written, in UTF-8, in an array that grows. *Threads:* for one.
///
/// A member or element writes the comma before it by itself. An answer names every event of its
/// request, so that texts of plain ASCII, as ids nearly always are, go into the array unbuffered.
final class JsonBytes {
    private static final int FIRST_BYTES = 512;
    private static final int LONGEST_NUMBER = 20;
    private static final int DELETE = 0x7F;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    /// The array itself, whose start is what was written.
    byte[] bytes() {
        return bytes;
    }

    /// How many bytes were written.
    int length() {
        return length;
    }

    /// Makes room for so many bytes more, where the writer can tell.
    void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    JsonBytes text(String name, String value) {
        return name(name).text(value);
    }

    JsonBytes number(String name, long value) {
        return name(name).number(value);
    }

    JsonBytes flag(String name, boolean value) {
        return name(name).raw(value ? "true" : "false");
    }

    /// Begins an object that is an element, or all there is.
    JsonBytes object() {
        return separate().raw("{");
    }

    /// Begins an object that is a member.
    JsonBytes object(String name) {
        return name(name).raw("{");
    }

    JsonBytes endObject() {
        return raw("}");
    }

    /// Begins an array that is a member.
    JsonBytes array(String name) {
        return name(name).raw("[");
    }

    JsonBytes endArray() {
        return raw("]");
    }

    /// Writes a text that is an element.
    JsonBytes element(String value) {
        return separate().text(value);
    }

    /// A part of JSON that is always the same, to be written by [#fixed].
    static byte[] encoded(String json) {
        return json.getBytes(StandardCharsets.US_ASCII);
    }

    /// Writes a part of JSON as it is.
    JsonBytes fixed(byte[] part) {
        room(part.length);
        System.arraycopy(part, 0, bytes, length, part.length);
        length += part.length;
        return this;
    }

    private JsonBytes raw(String json) {
        return fixed(encoded(json));
    }

    private JsonBytes name(String name) {
        return separate().text(name).raw(":");
    }

    /// A comma, unless something has just begun: inside of texts nothing ever begins, as they end
    /// with a quote.
    JsonBytes separate() {
        byte last = length == 0 ? (byte) '{' : bytes[length - 1];
        return last == '{' || last == '[' ? this : raw(",");
    }

    JsonBytes number(long value) {
        if (value < 0) {
            return raw(Long.toString(value));
        }
        room(LONGEST_NUMBER);
        int at = length + digits(value);
        length = at;
        long rest = value;
        do {
            bytes[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        return this;
    }

    private static int digits(long value) {
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    /// A text in quotes. Half a surrogate pair, which UTF-8 does not have, becomes a question mark.
    JsonBytes text(String value) {
        room(value.length() + 2);
        int at = length;
        bytes[at++] = '"';
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c >= DELETE || c == '"' || c == '\\') {
                return escaped(value);
            }
            bytes[at++] = (byte) c;
        }
        bytes[at++] = '"';
        length = at;
        return this;
    }

    private JsonBytes escaped(String value) {
        String inside = new String(JsonStringEncoder.getInstance().quoteAsString(value));
        return fixed(('"' + inside + '"').getBytes(StandardCharsets.UTF_8));
    }
}
