package io.floodmark.ingest.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Puts wire forms together.
final class Bytes {

    private Bytes() {}

    /// A text, those bytes, and a text.
    static byte[] joined(String before, byte[] text, int start, int end, String after) {
        byte[] head = before.getBytes(StandardCharsets.UTF_8);
        byte[] tail = after.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(head, head.length + end - start + tail.length);
        System.arraycopy(text, start, all, head.length, end - start);
        System.arraycopy(tail, 0, all, all.length - tail.length, tail.length);
        return all;
    }
}
