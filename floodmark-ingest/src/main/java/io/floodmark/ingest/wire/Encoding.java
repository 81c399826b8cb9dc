package io.floodmark.ingest.wire;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// How a body is compressed: the values of `Content-Encoding` that are understood.
public enum Encoding {
    IDENTITY,
    GZIP,
    ZSTD;

    private static final int BUFFER_BYTES = 16 * 1024;

    /// 8 MiB, which RFC 9659 names as the most that receivers of HTTP must bear.
    private static final int ZSTD_WINDOW_LOG_MAX = 23;

    /// The encoding of that name; empty when it is not understood.
    public static Optional<Encoding> named(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> Optional.of(IDENTITY);
            case "gzip", "x-gzip" -> Optional.of(GZIP);
            case "zstd" -> Optional.of(ZSTD);
            default -> Optional.empty();
        };
    }

    InputStream decoded(InputStream encoded) throws IOException {
        return switch (this) {
            case IDENTITY -> encoded;
            case GZIP -> new GZIPInputStream(encoded, BUFFER_BYTES);
            case ZSTD -> new ZstdInputStreamNoFinalizer(encoded).setLongMax(ZSTD_WINDOW_LOG_MAX);
        };
    }
}
