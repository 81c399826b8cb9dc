package io.floodmark.load.ingest;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing row of bytes, used again for each request. *Threads.* One.
final class Bytes extends OutputStream {

    private byte[] array;
    private int length;

    Bytes(int capacity) {
        this.array = new byte[capacity];
    }

    void clear() {
        length = 0;
    }

    void put(byte one) {
        room(1);
        array[length++] = one;
    }

    /// Appends a text of ASCII characters.
    Bytes ascii(String text) {
        int count = text.length();
        room(count);
        for (int i = 0; i < count; i++) {
            array[length + i] = (byte) text.charAt(i);
        }
        length += count;
        return this;
    }

    /// Appends a number that is not negative.
    Bytes number(long number) {
        return ascii(Long.toString(number));
    }

    @Override
    public void write(int one) {
        put((byte) one);
    }

    @Override
    public void write(byte[] from, int offset, int count) {
        room(count);
        System.arraycopy(from, offset, array, length, count);
        length += count;
    }

    private void room(int more) {
        if (length + more > array.length) {
            array = Arrays.copyOf(array, Math.max(length + more, array.length * 2));
        }
    }

    byte[] array() {
        return array;
    }

    int length() {
        return length;
    }

    @Override
    public String toString() {
        return new String(array, 0, length, StandardCharsets.UTF_8);
    }
}
