package io.floodmark.ingest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A valid event on its way to a sink: its JSON, in UTF-8, and what sinks need to know of it.
///
/// The JSON holds `event_id` and `timestamp` even when the sender left them out. It lies in a
/// buffer that may hold other events too and that nobody changes any more. *Threads:* for all.
public final class WireEvent implements Entry {
    private final String id;
    private final String type;
    private final @Nullable String key;
    private final long occurredMicros;
    private final byte[] buffer;
    private final int offset;
    private final int length;

    /// The event whose JSON lies there.
    ///
    /// @param names id, type and, if there is one, key
    /// @param occurredMicros when it occurred, in microseconds since 1970
    public WireEvent(Names names, long occurredMicros, byte[] buffer, int offset, int length) {
        this.id = names.id();
        this.type = names.type();
        this.key = names.key();
        this.occurredMicros = occurredMicros;
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
    }

    /// What an event is called.
    ///
    /// @param id unique for its sender; the same id is the same event
    /// @param type what happened
    /// @param key whom it happened to; events with one key keep their order where a sink keeps any
    public record Names(String id, String type, @Nullable String key) {}

    public String id() {
        return id;
    }

    public String type() {
        return type;
    }

    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    /// Microseconds since 1970.
    public long occurredMicros() {
        return occurredMicros;
    }

    /// Length of its JSON in bytes.
    public int bytes() {
        return length;
    }

    /// Writes its JSON.
    public void writeTo(OutputStream out) throws IOException {
        out.write(buffer, offset, length);
    }

    /// A copy of its JSON.
    public byte[] json() {
        return Arrays.copyOfRange(buffer, offset, offset + length);
    }

    @Override
    public String toString() {
        return new String(buffer, offset, length, StandardCharsets.UTF_8);
    }
}
