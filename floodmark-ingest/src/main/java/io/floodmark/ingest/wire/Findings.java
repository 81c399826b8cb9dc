package io.floodmark.ingest.wire;

import io.floodmark.ingest.IngestLimits;
import io.floodmark.ingest.Rejection;
import org.jspecify.annotations.Nullable;

/// The first thing that is wrong with the event being read, and the checks that events of all kinds
/// share. *Threads:* for one.
final class Findings {
    private final JsonCursor cursor;
    private final IngestLimits limits;
    private @Nullable Rejection first;

    Findings(JsonCursor cursor, IngestLimits limits) {
        this.cursor = cursor;
        this.limits = limits;
    }

    void begin() {
        first = null;
        cursor.beginEvent();
    }

    @Nullable Rejection first() {
        return first;
    }

    void invalid(String pointer, int offset, String reason) {
        if (first == null) {
            first = new Rejection(Rejection.Code.INVALID, pointer, offset, reason);
        }
    }

    /// Takes over what the cursor found inside the member that it has just left.
    void flawIn(String pointer) {
        Flaw flaw = cursor.flaw();
        if (flaw != Flaw.NONE && first == null) {
            first = new Rejection(flaw.code(), pointer, cursor.flawAt(), flaw.reason());
        }
    }

    void length(int start, int end) {
        if (end - start > limits.eventBytesMax()) {
            first =
                    new Rejection(
                            Rejection.Code.TOO_LARGE,
                            "",
                            start,
                            "the event has %d bytes, the limit is %d"
                                    .formatted(end - start, limits.eventBytesMax()));
        }
    }

    /// A text that is there: whether it is one, neither empty nor too long. The cursor is then
    /// behind it in any case.
    boolean text(String pointer, int bytesMax) {
        int start = cursor.position();
        if (cursor.next() != '"') {
            cursor.value(1);
            invalid(pointer, start, "must be a text");
            return false;
        }
        cursor.string();
        int length = cursor.stringEnd() - cursor.stringStart();
        if (length == 0) {
            invalid(pointer, start, "must not be empty");
        } else if (length > bytesMax) {
            invalid(pointer, start, "has %d bytes, the limit is %d".formatted(length, bytesMax));
        }
        return length > 0 && length <= bytesMax;
    }

    /// Whether the value is null, which is then taken.
    boolean tookNull() {
        if (cursor.next() != 'n') {
            return false;
        }
        cursor.literal("null");
        return true;
    }
}
