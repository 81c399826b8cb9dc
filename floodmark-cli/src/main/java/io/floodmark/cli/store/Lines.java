package io.floodmark.cli.store;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The lines of a stream, one after the other, each within a bound; blank ones are left out.
///
/// For one thread.
public final class Lines {
    /// Longest line in bytes: an event with the largest payload and metadata, written as strings.
    public static final int LINE_BYTES_MAX = 16 * 1024 * 1024;

    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream from;
    private long number;
    private long bytes;

    /// Lines of `from`, which the caller closes.
    public Lines(InputStream from) {
        this.from = new BufferedInputStream(from, BUFFER_BYTES);
    }

    /// A line, with its number from 1.
    static final class Line {
        private final long number;
        private final byte[] bytes;
        private final boolean complete;

        /// @param bytes without the line end
        /// @param complete whether it had a line end
        private Line(long number, byte[] bytes, boolean complete) {
            this.number = number;
            this.bytes = bytes;
            this.complete = complete;
        }

        long number() {
            return number;
        }

        /// The event in it.
        EventLine event() {
            try {
                return EventLineReader.read(number, bytes);
            } catch (BadLine e) {
                throw complete ? e : new BadLine(number, "cut off in its midst; " + e.reason());
            }
        }

        private boolean isBlank() {
            for (byte one : bytes) {
                if (one != ' ' && one != '\t' && one != '\r') {
                    return false;
                }
            }
            return true;
        }
    }

    /// The next line that is not blank, if there is one.
    Optional<Line> next() throws IOException {
        while (true) {
            Optional<Line> line = any();
            if (line.isEmpty() || !line.get().isBlank()) {
                return line;
            }
        }
    }

    /// How much was read so far.
    long bytesRead() {
        return bytes;
    }

    private Optional<Line> any() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        int one = from.read();
        if (one < 0) {
            return Optional.empty();
        }
        number++;
        long length = 0;
        for (; one >= 0 && one != '\n'; one = from.read()) {
            if (length++ < LINE_BYTES_MAX) {
                line.write(one);
            }
        }
        bytes += length + 1;
        if (length > LINE_BYTES_MAX) {
            throw new BadLine(number, "longer than %d bytes".formatted(LINE_BYTES_MAX));
        }
        return Optional.of(new Line(number, line.toByteArray(), one == '\n'));
    }
}
