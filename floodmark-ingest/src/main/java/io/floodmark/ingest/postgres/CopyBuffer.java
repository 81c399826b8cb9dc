package io.floodmark.ingest.postgres;

import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/// Fields in the binary format of COPY, in memory that grows and is used again. *Threads:* for one.
final class CopyBuffer extends OutputStream {
    private static final int FIRST_BYTES = 64 << 10;
    private static final int NULL_LENGTH = -1;
    private static final VarHandle SHORT = bigEndian(short[].class);
    private static final VarHandle INT = bigEndian(int[].class);
    private static final VarHandle LONG = bigEndian(long[].class);

    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    private static VarHandle bigEndian(Class<?> kind) {
        return MethodHandles.byteArrayViewVarHandle(kind, ByteOrder.BIG_ENDIAN);
    }

    void clear() {
        length = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    @Override
    public void write(int value) {
        int at = room(1);
        bytes[at] = (byte) value;
    }

    @Override
    public void write(byte[] from, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, from.length);
        int at = room(count);
        System.arraycopy(from, offset, bytes, at, count);
    }

    void putShort(int value) {
        int at = room(Short.BYTES);
        SHORT.set(bytes, at, (short) value);
    }

    void putInt(int value) {
        int at = room(Integer.BYTES);
        INT.set(bytes, at, value);
    }

    void putLong(long value) {
        int at = room(Long.BYTES);
        LONG.set(bytes, at, value);
    }

    /// A text with its length before it.
    void putText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putInt(utf8.length);
        write(utf8, 0, utf8.length);
    }

    void putNull() {
        putInt(NULL_LENGTH);
    }

    /// Where so many bytes may be written, which count as written from now on. The array may be
    /// another one afterwards.
    private int room(int count) {
        int at = length;
        int end = Math.addExact(at, count);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
        }
        length = end;
        return at;
    }
}
