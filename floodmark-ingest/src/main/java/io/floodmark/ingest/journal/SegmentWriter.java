package io.floodmark.ingest.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/// Writes the journal's last segment, and flushes it for all who wait with one call.
///
/// *Threads:* appends are for one at a time; flushes are for all.
final class SegmentWriter {
    private final Segment segment;
    private final FileChannel channel;
    private final ReentrantLock flushing = new ReentrantLock();

    private SegmentWriter(Segment segment, FileChannel channel) {
        this.segment = segment;
        this.channel = channel;
    }

    static SegmentWriter create(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        SegmentWriter writer = new SegmentWriter(Segment.fresh(file), channel);
        writer.append(ByteBuffer.wrap(SegmentScan.MAGIC));
        flushFolder(file);
        return writer;
    }

    /// Makes names of files in its folder as durable as their content.
    static void flushFolder(Path file) throws IOException {
        try (FileChannel folder =
                FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    Segment segment() {
        return segment;
    }

    /// Writes the block behind the others, or nothing of it.
    ///
    /// @return the offset after it
    long append(ByteBuffer block) throws IOException {
        long start = segment.length();
        int bytes = block.remaining();
        try {
            while (block.hasRemaining()) {
                channel.write(block, start + bytes - block.remaining());
            }
        } catch (IOException e) {
            channel.truncate(start);
            throw e;
        }
        segment.grew(bytes);
        return start + bytes;
    }

    /// Returns when everything up to this offset is on the disk. Who comes while another flushes is
    /// mostly done when its turn comes.
    void flush(long upTo) throws IOException {
        flushing.lock();
        try {
            if (segment.durable() < upTo) {
                long written = segment.length();
                channel.force(false);
                segment.flushed(written);
            }
        } finally {
            flushing.unlock();
        }
    }

    /// Flushes and closes it; nothing is appended any more.
    void seal() throws IOException {
        flush(segment.length());
        flushing.lock();
        try {
            channel.close();
        } finally {
            flushing.unlock();
        }
    }
}
