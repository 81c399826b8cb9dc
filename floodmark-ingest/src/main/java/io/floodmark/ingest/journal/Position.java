package io.floodmark.ingest.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/// How far the journal is replayed: the number of the next event, in two places by turns, so that
/// one of them is always whole. It is not flushed: an older one only sends events twice.
///
/// *Threads:* for one.
final class Position implements AutoCloseable {
    private static final int SLOT = Long.BYTES + Integer.BYTES;
    private static final int SLOTS = 2;

    private final FileChannel channel;
    private long turn;

    private Position(FileChannel channel) {
        this.channel = channel;
    }

    static Position open(Path file) throws IOException {
        return new Position(
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE));
    }

    /// The furthest that was written; 0 at first.
    long read() throws IOException {
        long furthest = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            ByteBuffer bytes = ByteBuffer.allocate(SLOT);
            channel.read(bytes, (long) slot * SLOT);
            bytes.flip();
            if (bytes.remaining() == SLOT) {
                long next = bytes.getLong();
                if (bytes.getInt() == checksum(next)) {
                    furthest = Math.max(furthest, next);
                }
            }
        }
        return furthest;
    }

    void write(long next) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SLOT).putLong(next).putInt(checksum(next)).flip();
        long at = turn++ % SLOTS * SLOT;
        while (bytes.hasRemaining()) {
            channel.write(bytes, at + bytes.position());
        }
    }

    /// Never that of zeros for 0.
    private static int checksum(long next) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES + 1).putLong(next).put((byte) 1).flip());
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
