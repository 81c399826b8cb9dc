package io.floodmark.ingest.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// The lines of a file as bytes, one after the other. *Threads:* for one.
final class ByteLines implements AutoCloseable {
    /// Longest line; a longer one is none of an acknowledgement.
    static final int LINE_BYTES_MAX = 1 << 20;

    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long number;
    private boolean complete;

    ByteLines(Path file) throws IOException {
        in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    }

    /// Goes on to the next line; false at the end.
    boolean next() throws IOException {
        line.reset();
        int read = in.read();
        if (read < 0) {
            return false;
        }
        number++;
        while (read >= 0 && read != '\n') {
            if (line.size() == LINE_BYTES_MAX) {
                throw new IOException(
                        "line %d is longer than %,d bytes".formatted(number, LINE_BYTES_MAX));
            }
            line.write(read);
            read = in.read();
        }
        complete = read == '\n';
        return true;
    }

    /// Its number, from 1.
    long number() {
        return number;
    }

    byte[] bytes() {
        return line.toByteArray();
    }

    /// Whether a line feed ends it, as it does with every line that was written to its end.
    boolean complete() {
        return complete;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
