package io.floodmark.ingest.postgres;

import io.floodmark.ingest.Delivery;
import io.floodmark.ingest.WireEvent;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/// Rows of the events' table, or of that of their ids, in the binary format of COPY. The JSON goes
/// over as it is, without escapes. *Threads:* for one; it is used again and keeps its buffer.
final class CopyRows {
    private static final byte[] SIGNATURE = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
    };
    private static final int COLUMNS = 7;
    private static final int ID_COLUMNS = 3;
    private static final byte JSONB_VERSION = 1;

    /// PostgreSQL counts from 2000-01-01.
    private static final long EPOCH_MICROS = 946_684_800_000_000L;

    private final Buffer buffer = new Buffer();
    private final DataOutputStream out = new DataOutputStream(buffer);

    void begin() throws IOException {
        buffer.reset();
        out.write(SIGNATURE);
        out.writeInt(0);
        out.writeInt(0);
    }

    void add(Delivery delivery, long receivedMicros) throws IOException {
        WireEvent event = delivery.event();
        out.writeShort(COLUMNS);
        time(receivedMicros);
        time(event.occurredMicros());
        text(delivery.tenant());
        text(event.id());
        text(event.type());
        Optional<String> key = event.key();
        if (key.isPresent()) {
            text(key.get());
        } else {
            out.writeInt(-1);
        }
        out.writeInt(event.bytes() + 1);
        out.writeByte(JSONB_VERSION);
        event.writeTo(out);
    }

    /// A row of the ids' table.
    void add(UUID id, Attempt attempt) throws IOException {
        out.writeShort(ID_COLUMNS);
        out.writeInt(2 * Long.BYTES);
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
        out.writeInt(Long.BYTES);
        out.writeLong(attempt.batch());
        time(attempt.receivedMicros());
    }

    void end() throws IOException {
        out.writeShort(-1);
        out.flush();
    }

    byte[] bytes() {
        return buffer.array();
    }

    int length() {
        return buffer.size();
    }

    private void time(long micros) throws IOException {
        out.writeInt(Long.BYTES);
        out.writeLong(micros - EPOCH_MICROS);
    }

    private void text(String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    /// Gives its array away without a copy.
    private static final class Buffer extends ByteArrayOutputStream {
        byte[] array() {
            return buf;
        }
    }
}
