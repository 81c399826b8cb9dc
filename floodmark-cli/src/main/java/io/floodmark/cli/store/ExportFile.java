package io.floodmark.cli.store;

import io.floodmark.store.EventStore;
import io.floodmark.store.EventStream;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/// A file of lines that is written at its end, also after an export broke off: then it goes on
/// after its last complete line. For one thread.
public final class ExportFile implements AutoCloseable {
    private static final int BLOCK_BYTES = 1 << 16;

    private final Path path;
    private final FileChannel channel;
    private final OutputStream out;

    private ExportFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BLOCK_BYTES);
    }

    /// Opens a file, which need not exist.
    public static ExportFile open(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        return new ExportFile(path, channel);
    }

    /// Whether there is anything in it.
    public boolean isEmpty() throws IOException {
        return channel.size() == 0;
    }

    /// Cuts off what follows the last complete line, and returns the position to go on after:
    /// `after` where the file holds no line yet.
    ///
    /// @throws IllegalArgumentException when the file is no export of this store
    public Position resume(EventStore store, Position after, Duration timeout) throws IOException {
        long end = lineEndBefore(channel.size());
        Optional<EventLine> last = lastLine(end);
        Position position = after;
        if (last.isPresent()) {
            position = Position.of(last.get().position().orElseThrow());
            requireSame(store, last.get(), position, timeout);
        }
        channel.truncate(end);
        channel.position(end);
        return position;
    }

    private Optional<EventLine> lastLine(long end) throws IOException {
        if (end == 0) {
            return Optional.empty();
        }
        long start = lineEndBefore(end - 1);
        if (end - start > Lines.LINE_BYTES_MAX) {
            throw new IllegalArgumentException(path + " is no export: its last line is too long");
        }
        ByteBuffer line = ByteBuffer.allocate((int) (end - 1 - start));
        while (line.hasRemaining() && channel.read(line, start + line.position()) >= 0) {
            // Reads until the line is whole.
        }
        try {
            EventLine event = EventLineReader.read(1, line.array());
            if (event.position().isEmpty()) {
                throw new BadLine(1, "\"position\" is missing");
            }
            return Optional.of(event);
        } catch (BadLine e) {
            throw new IllegalArgumentException(
                    "%s is no export that can be continued; its last complete line: %s"
                            .formatted(path, e.reason()),
                    e);
        }
    }

    private void requireSame(
            EventStore store, EventLine line, Position position, Duration timeout) {
        Position before = Position.of(position.value() - 1);
        try (EventStream stored = store.read(Query.all().after(before), timeout)) {
            boolean same = stored.hasNext() && stored.next().event().id().equals(line.event().id());
            if (!same) {
                throw new IllegalArgumentException(
                        "%s was not exported from this store: its last event is %s at position %s, which is another event here"
                                .formatted(path, line.event().id(), position));
            }
        }
    }

    /// Just after the last line end in the first `limit` bytes; 0 when there is none.
    private long lineEndBefore(long limit) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
        for (long end = limit; end > 0; end -= BLOCK_BYTES) {
            long start = Math.max(0, end - BLOCK_BYTES);
            block.clear().limit((int) (end - start));
            while (block.hasRemaining() && channel.read(block, start + block.position()) >= 0) {
                // Reads until the block is whole.
            }
            for (int index = block.limit() - 1; index >= 0; index--) {
                if (block.get(index) == '\n') {
                    return start + index + 1;
                }
            }
        }
        return 0;
    }

    /// Takes what is appended.
    public OutputStream out() {
        return out;
    }

    /// Writes all through to the disk and closes the file.
    @Override
    public void close() throws IOException {
        try (channel) {
            out.flush();
            channel.force(true);
        }
    }
}
