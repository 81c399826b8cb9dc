package io.floodmark.ingest.clickhouse;

import java.io.ByteArrayOutputStream;

/// Bytes that are given away without a copy.
final class Buffer extends ByteArrayOutputStream {
    byte[] array() {
        return buf;
    }
}
