package io.floodmark.ingest.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The members that an event may have; everything else goes into `properties`.
enum Field {
    EVENT_ID(Kind.REQUIRED, 128),
    EVENT_TYPE(Kind.REQUIRED, 128),
    TIMESTAMP(Kind.TIME, 64),
    USER_ID(Kind.TEXT, 256),
    ANONYMOUS_ID(Kind.TEXT, 256),
    SESSION_ID(Kind.TEXT, 256),
    CAMPAIGN(Kind.TEXT, 512),
    SOURCE(Kind.TEXT, 512),
    MEDIUM(Kind.TEXT, 512),
    CHANNEL(Kind.TEXT, 512),
    REFERRER(Kind.TEXT, 4096),
    CLICK_ID(Kind.TEXT, 512),
    REVENUE(Kind.NUMBER, 64),
    CURRENCY(Kind.CURRENCY, 3),
    PROPERTIES(Kind.OBJECT, Integer.MAX_VALUE);

    private static final int LONGEST = 12;
    private static final Name[][] BY_LENGTH = byLength();

    private final Kind kind;
    private final int bytesMax;
    private final String pointer;

    Field(Kind kind, int bytesMax) {
        this.kind = kind;
        this.bytesMax = bytesMax;
        this.pointer = "/" + name().toLowerCase(Locale.ROOT);
    }

    /// What a member's value must be.
    enum Kind {
        /// A text that is not empty and not null, if the member is there.
        REQUIRED,
        /// A text that is not empty, or null.
        TEXT,
        /// A time of RFC 3339.
        TIME,
        /// A number, or null.
        NUMBER,
        /// Three capital letters, or null.
        CURRENCY,
        /// An object, or null.
        OBJECT
    }

    Kind kind() {
        return kind;
    }

    /// Longest text.
    int bytesMax() {
        return bytesMax;
    }

    String pointer() {
        return pointer;
    }

    /// The field with the name that these bytes are; null when there is none.
    static @Nullable Field named(byte[] text, int start, int end) {
        int length = end - start;
        if (length > LONGEST) {
            return null;
        }
        for (Name name : BY_LENGTH[length]) {
            if (name.bytes[0] == text[start]
                    && Arrays.equals(text, start, end, name.bytes, 0, length)) {
                return name.field;
            }
        }
        return null;
    }

    /// A field as it is called in JSON.
    private static final class Name {
        private final Field field;
        private final byte[] bytes;

        Name(Field field) {
            this.field = field;
            this.bytes = field.pointer.substring(1).getBytes(StandardCharsets.US_ASCII);
        }
    }

    private static Name[][] byLength() {
        Name[][] names = new Name[LONGEST + 1][];
        for (int length = 0; length <= LONGEST; length++) {
            int wanted = length;
            names[length] =
                    Arrays.stream(values())
                            .map(Name::new)
                            .filter(name -> name.bytes.length == wanted)
                            .toArray(Name[]::new);
        }
        return names;
    }
}
