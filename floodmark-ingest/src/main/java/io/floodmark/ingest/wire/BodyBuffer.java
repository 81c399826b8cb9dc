package io.floodmark.ingest.wire;

import io.floodmark.ingest.IngestLimits;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.OptionalLong;

/// The bytes of one body, decompressed, at the start of an array that is as long as it had to grow.
public final class BodyBuffer {
    private static final int FIRST_BYTES = 16 * 1024;

    /// Expansion below this many bytes is nobody's attack.
    private static final int EXPANSION_FREE_BYTES = 256 * 1024;

    private final byte[] bytes;
    private final int length;

    private BodyBuffer(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    /// Asked before a body may take memory.
    @FunctionalInterface
    public interface Room {
        /// Takes `bytes` more, or throws.
        void take(int bytes);
    }

    /// Reads a body to its end.
    ///
    /// @param announced its length on the wire, where that is known
    /// @param room is asked for the size of the array, in steps
    /// @throws BodyTooLarge when it is longer, or expands more, than allowed
    /// @throws MalformedBody when it cannot be decompressed
    /// @throws IOException when the connection breaks
    public static BodyBuffer read(
            InputStream wire,
            Encoding encoding,
            OptionalLong announced,
            IngestLimits limits,
            Room room)
            throws IOException {
        if (announced.orElse(0) > limits.bodyBytesMax()) {
            throw tooLong(limits);
        }
        int known = encoding == Encoding.IDENTITY ? (int) announced.orElse(0) : 0;
        Counted counted = new Counted(wire);
        Filling filling = new Filling(limits, room, known > 0 ? known + 1 : FIRST_BYTES);
        try (InputStream decoded = encoding.decoded(counted)) {
            filling.fill(decoded, encoding == Encoding.IDENTITY ? null : counted);
        } catch (IOException e) {
            if (counted.broken || encoding == Encoding.IDENTITY) {
                throw e;
            }
            throw new MalformedBody(
                    filling.length, "the body is not " + encoding + ": " + e.getMessage());
        }
        return new BodyBuffer(filling.bytes, filling.length);
    }

    /// The array itself, whose start is the body.
    public byte[] bytes() {
        return bytes;
    }

    /// Length of the body.
    public int length() {
        return length;
    }

    private static BodyTooLarge tooLong(IngestLimits limits) {
        return new BodyTooLarge(
                "the body is longer than %d bytes".formatted(limits.bodyBytesMax()));
    }

    private static final class Filling {
        private final IngestLimits limits;
        private final Room room;
        private byte[] bytes;
        private int length;

        Filling(IngestLimits limits, Room room, int first) {
            this.limits = limits;
            this.room = room;
            room.take(first);
            this.bytes = new byte[first];
        }

        void fill(InputStream decoded, @org.jspecify.annotations.Nullable Counted compressed)
                throws IOException {
            while (true) {
                if (length == bytes.length) {
                    grow();
                }
                int read = decoded.read(bytes, length, bytes.length - length);
                if (read < 0) {
                    return;
                }
                length += read;
                if (length > limits.bodyBytesMax()) {
                    throw tooLong(limits);
                }
                if (compressed != null) {
                    checkExpansion(compressed.count);
                }
            }
        }

        private void grow() {
            int next = (int) Math.min(bytes.length * 2L, limits.bodyBytesMax() + 1L);
            room.take(next - bytes.length);
            bytes = Arrays.copyOf(bytes, next);
        }

        private void checkExpansion(long compressed) {
            if (length > EXPANSION_FREE_BYTES && length > compressed * limits.expansionMax()) {
                throw new BodyTooLarge(
                        "the body is more than %d times as long as its compressed form"
                                .formatted(limits.expansionMax()));
            }
        }
    }

    /// Counts what was compressed, and remembers whether the connection broke.
    private static final class Counted extends FilterInputStream {
        private long count;
        private boolean broken;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            int read = read(one, 0, 1);
            return read < 0 ? read : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int most) throws IOException {
            try {
                int read = in.read(into, offset, most);
                count += Math.max(0, read);
                return read;
            } catch (IOException e) {
                broken = true;
                throw e;
            }
        }
    }
}
