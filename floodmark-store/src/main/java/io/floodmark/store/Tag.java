package io.floodmark.store;

import java.nio.ByteBuffer;
import java.util.Optional;

/// A label of an event by which queries find it, usually what the event is about: `BookID=42`.
///
/// @param text 1 to [#MAX_CHARS] chars without control characters; compared exactly
public record Tag(String text) implements Comparable<Tag> {

    public static final int MAX_CHARS = 256;

    public Tag {
        Checks.name("Tag", text, MAX_CHARS);
    }

    /// The tag `key=value`.
    ///
    /// @param key without `=`, so that the tag has one reading
    public static Tag of(String key, String value) {
        checkKey(key);
        return new Tag(key + "=" + value);
    }

    /// What follows `key=`, if this tag has that key.
    public Optional<String> value(String key) {
        return text.startsWith(key) && text.startsWith("=", key.length())
                ? Optional.of(text.substring(key.length() + 1))
                : Optional.empty();
    }

    /// The first eight bytes of the SHA-256 of the text in UTF-8, big endian: the same in every
    /// process and release, so that stores may keep it.
    public long stableHash() {
        return stableHash(text);
    }

    static long stableHash(String text) {
        return ByteBuffer.wrap(Digests.sha256(text)).getLong();
    }

    static void checkKey(String key) {
        Checks.name("Tag key", key, MAX_CHARS);
        if (key.indexOf('=') >= 0) {
            throw new IllegalArgumentException("Tag key '" + key + "' must not contain '='");
        }
    }

    @Override
    public int compareTo(Tag other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
