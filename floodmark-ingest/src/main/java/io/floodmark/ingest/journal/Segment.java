package io.floodmark.ingest.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/// A file of the journal. *Threads:* lengths are for all; writing and reading are each for one.
final class Segment {
    private final Path file;
    private final AtomicLong length;

    /// Up to here it is on the disk, and only so far it is read.
    private volatile long durable;

    private Segment(Path file, long length) {
        this.file = file;
        this.length = new AtomicLong(length);
        this.durable = length;
    }

    /// One that is complete.
    static Segment sealed(Path file) throws IOException {
        return new Segment(file, Files.size(file));
    }

    /// One that is still empty.
    static Segment fresh(Path file) {
        return new Segment(file, 0);
    }

    Path file() {
        return file;
    }

    long length() {
        return length.get();
    }

    long durable() {
        return durable;
    }

    void grew(long by) {
        length.addAndGet(by);
    }

    void flushed(long upTo) {
        durable = Math.max(durable, upTo);
    }

    /// Its bytes from there to what is durable.
    byte[] read(long from) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(durable - from));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, from + bytes.position()) < 0) {
                    throw new IOException(
                            "%s ends at %d, and had %d bytes"
                                    .formatted(file, from + bytes.position(), durable));
                }
            }
        }
        return bytes.array();
    }
}
