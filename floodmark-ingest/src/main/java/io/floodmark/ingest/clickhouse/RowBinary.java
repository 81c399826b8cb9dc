package io.floodmark.ingest.clickhouse;

import io.floodmark.ingest.WireEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Rows in ClickHouse's format `RowBinary`: fixed widths, little-endian, texts with their length in
/// front. The JSON goes over as it is. *Threads:* for one.
final class RowBinary {
    /// What `DateTime64` can hold; the JSON has the time as it was given.
    private static final long MICROS_MIN = -2_208_988_800_000_000L;

    private static final long MICROS_MAX = 10_413_791_999_000_000L;
    private static final int LOW_SEVEN = 0x7F;
    private static final int MORE = 0x80;

    private final Buffer out = new Buffer();
    private final ByteBuffer word = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /// The rows, each with this mark.
    static Buffer events(List<EventRow> rows, long mark) {
        var binary = new RowBinary();
        rows.forEach(row -> binary.event(row, mark));
        return binary.out;
    }

    private void event(EventRow row, long mark) {
        WireEvent event = row.delivery().event();
        time(row.receivedMicros());
        time(event.occurredMicros());
        text(row.delivery().tenant());
        text(event.id());
        text(event.type());
        text(event.key().orElse(""));
        length(event.bytes());
        try {
            event.writeTo(out);
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
        int64(mark);
        origin(row.origin());
    }

    private void origin(Origin origin) {
        switch (origin) {
            case Origin.Request() -> {
                text("");
                int32(-1);
                int64(-1);
            }
            case Origin.Log(String topic, int partition, long offset) -> {
                text(topic);
                int32(partition);
                int64(offset);
            }
        }
    }

    /// One row of the dead letters.
    static Buffer letter(DeadLetter letter) {
        var binary = new RowBinary();
        binary.time(letter.receivedMicros());
        binary.text(letter.tenant());
        binary.text(letter.id());
        binary.text(letter.type());
        binary.int32(letter.code());
        binary.text(letter.reason());
        byte[] value = letter.bytes();
        binary.length(value.length);
        binary.out.writeBytes(value);
        binary.origin(letter.origin());
        return binary.out;
    }

    private void time(long micros) {
        int64(storable(micros));
    }

    /// The time, or the end of what can be stored that is nearest to it.
    static long storable(long micros) {
        return Math.clamp(micros, MICROS_MIN, MICROS_MAX);
    }

    private void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        length(utf8.length);
        out.writeBytes(utf8);
    }

    private void length(int bytes) {
        int left = bytes;
        while (left > LOW_SEVEN) {
            out.write((left & LOW_SEVEN) | MORE);
            left >>>= 7;
        }
        out.write(left);
    }

    private void int64(long value) {
        out.write(word.putLong(0, value).array(), 0, Long.BYTES);
    }

    private void int32(int value) {
        out.write(word.putInt(0, value).array(), 0, Integer.BYTES);
    }
}
