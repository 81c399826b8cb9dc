package io.floodmark.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Optional;

/// A JSON text, valid by RFC 8259 and kept byte for byte in UTF-8. Immutable; equal if the bytes
/// are equal.
///
/// Three things are stricter than the RFC, so that every store can hold what passed: at most
/// [#MAX_BYTES] and [#MAX_DEPTH], no unpaired surrogate escapes, and no `\u0000`. An object may
/// have the same key twice, as the RFC allows; the last one counts, as in most readers.
public final class Json {

    public static final int MAX_BYTES = 1_024 * 1_024;

    /// How many arrays and objects may stand inside each other.
    public static final int MAX_DEPTH = 64;

    /// The text `{}`.
    public static final Json EMPTY_OBJECT = of("{}");

    private final byte[] utf8;

    private Json(byte[] utf8) {
        this.utf8 = utf8;
    }

    /// The JSON that this text is.
    ///
    /// @throws InvalidJson if it is none
    public static Json of(String text) {
        return checked(encoded(text));
    }

    /// The JSON that these bytes are; they are copied.
    ///
    /// @throws InvalidJson if they are none
    public static Json ofUtf8(byte[] utf8) {
        return checked(utf8.clone());
    }

    /// Takes back bytes that a store got from a `Json`: they are neither checked nor copied. For
    /// stores only; anything else comes in by [#ofUtf8].
    ///
    /// @param utf8 valid, and never changed again
    public static Json ofStored(byte[] utf8) {
        return new Json(utf8);
    }

    private static Json checked(byte[] utf8) {
        JsonScanner.check(utf8);
        return new Json(utf8);
    }

    private static byte[] encoded(String text) {
        if (text.length() > MAX_BYTES) {
            throw JsonScanner.tooLong(text.length());
        }
        return hasSurrogates(text) ? strictlyEncoded(text) : text.getBytes(UTF_8);
    }

    private static boolean hasSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /// The short way would write a question mark for half a pair.
    private static byte[] strictlyEncoded(String text) {
        try {
            ByteBuffer encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] utf8 = new byte[encoded.remaining()];
            encoded.get(utf8);
            return utf8;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "The text has half a surrogate pair and cannot be UTF-8", e);
        }
    }

    /// A copy of the bytes.
    public byte[] utf8() {
        return utf8.clone();
    }

    /// The bytes themselves, for stores that only write them on. Whoever changes them breaks the
    /// promise of this type.
    public byte[] sharedUtf8() {
        return utf8;
    }

    /// In bytes.
    public int size() {
        return utf8.length;
    }

    /// Whether the outermost value is an object.
    public boolean isObject() {
        return JsonMembers.isObject(utf8);
    }

    /// The value of a top-level member, unescaped, if this is an object and the member a string.
    public Optional<String> stringMember(String key) {
        return JsonMembers.stringMember(utf8, key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Json that && Arrays.equals(utf8, that.utf8);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(utf8);
    }

    /// The text.
    @Override
    public String toString() {
        return new String(utf8, UTF_8);
    }
}
