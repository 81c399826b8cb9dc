package io.floodmark.ingest.journal;

import io.floodmark.ingest.Delivery;
import io.floodmark.ingest.WireEvent;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// One event in the journal: length, CRC-32C of what follows, number, times, names, JSON.
///
/// @param number counts all events that the journal ever took, from 0
/// @param takenMicros when it was taken, in microseconds since 1970
/// @param end offset of the byte after it
record JournalRecord(long number, long takenMicros, Delivery delivery, int end) {
    private static final int HEAD = 2 * Integer.BYTES;
    private static final int BODY_MIN = 3 * Long.BYTES + 5 * Integer.BYTES;

    /// Records of a batch, ready to be written.
    static ByteBuffer encode(List<Delivery> batch, long firstNumber, long takenMicros) {
        Block block = new Block();
        DataOutputStream out = new DataOutputStream(block);
        CRC32C crc = new CRC32C();
        try {
            for (int i = 0; i < batch.size(); i++) {
                int start = block.size();
                out.writeLong(0);
                out.writeLong(firstNumber + i);
                out.writeLong(takenMicros);
                body(out, batch.get(i));
                block.seal(start, crc);
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
        return block.bytes();
    }

    private static void body(DataOutputStream out, Delivery delivery) throws IOException {
        WireEvent event = delivery.event();
        out.writeLong(event.occurredMicros());
        text(out, delivery.tenant());
        text(out, event.id());
        text(out, event.type());
        Optional<String> key = event.key();
        if (key.isPresent()) {
            text(out, key.get());
        } else {
            out.writeInt(-1);
        }
        out.writeInt(event.bytes());
        event.writeTo(out);
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    /// The record that begins there, whole and undamaged; empty otherwise.
    static Optional<JournalRecord> decode(byte[] bytes, int offset) {
        if (bytes.length - offset < HEAD + BODY_MIN) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).position(offset);
        int length = in.getInt();
        int checksum = in.getInt();
        if (length < BODY_MIN || length > in.remaining()) {
            return Optional.empty();
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes, in.position(), length);
        if ((int) crc.getValue() != checksum) {
            return Optional.empty();
        }
        return Optional.of(read(in, bytes));
    }

    private static JournalRecord read(ByteBuffer in, byte[] bytes) {
        long number = in.getLong();
        long taken = in.getLong();
        long occurred = in.getLong();
        String tenant = text(in, in.getInt());
        String id = text(in, in.getInt());
        String type = text(in, in.getInt());
        int keyLength = in.getInt();
        @Nullable String key = keyLength < 0 ? null : text(in, keyLength);
        int json = in.getInt();
        var event =
                new WireEvent(
                        new WireEvent.Names(id, type, key), occurred, bytes, in.position(), json);
        return new JournalRecord(number, taken, new Delivery(tenant, event), in.position() + json);
    }

    private static String text(ByteBuffer in, int length) {
        byte[] utf8 = new byte[length];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /// Gives its array away without a copy.
    private static final class Block extends ByteArrayOutputStream {

        /// Writes length and checksum in front of what came since.
        void seal(int start, CRC32C crc) {
            int length = count - start - HEAD;
            crc.reset();
            crc.update(buf, start + HEAD, length);
            ByteBuffer.wrap(buf).putInt(start, length).putInt(start + 4, (int) crc.getValue());
        }

        ByteBuffer bytes() {
            return ByteBuffer.wrap(buf, 0, count);
        }
    }
}
