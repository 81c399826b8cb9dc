package io.floodmark.store.postgres.append;

import io.floodmark.store.Event;
import io.floodmark.store.postgres.row.EventRows;
import io.floodmark.store.postgres.row.TagHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/// An event with what its rows need, made by the caller's thread to spare the writer.
///
/// @param event the event
/// @param tagsLiteral its tags as the text of a PostgreSQL array
/// @param indexed the hashes under which it is indexed
/// @param keys the same and the key of its type: what the tail finds it by
/// @param bytes roughly what it takes in memory
record EncodedEvent(Event event, String tagsLiteral, Keys indexed, Keys keys, long bytes) {
    private static final long OVERHEAD_BYTES = 400;
    private static final long KEY_BYTES = 80;
    private static final long KEY_SPREAD = 0x9E37_79B9_7F4A_7C15L;

    static EncodedEvent of(Event event, Collection<String> promotedKeys) {
        long[] indexed = TagHash.of(event, promotedKeys);
        long[] keys = Arrays.copyOf(indexed, indexed.length + 1);
        keys[indexed.length] = typeKey(event.type());
        String tags = arrayLiteral(EventRows.tagTexts(event));
        long bytes =
                OVERHEAD_BYTES
                        + event.payload().size()
                        + event.metadata().size()
                        + 4L * tags.length()
                        + KEY_BYTES * keys.length;
        return new EncodedEvent(event, tags, Keys.of(indexed), Keys.of(keys), bytes);
    }

    /// The key of a type: in memory only, so that any hash will do.
    static long typeKey(String type) {
        return ((long) type.hashCode() << 32 | type.length()) * KEY_SPREAD;
    }

    private static String arrayLiteral(String[] texts) {
        var literal = new StringBuilder("{");
        for (String text : texts) {
            literal.append(literal.length() == 1 ? "\"" : ",\"");
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '"' || c == '\\') {
                    literal.append('\\');
                }
                literal.append(c);
            }
            literal.append('"');
        }
        return literal.append('}').toString();
    }

    String payload() {
        return new String(event.payload().sharedUtf8(), StandardCharsets.UTF_8);
    }

    String metadata() {
        return new String(event.metadata().sharedUtf8(), StandardCharsets.UTF_8);
    }
}
