package io.floodmark.bench.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/// One connection that sends the same batch again and again, each when the answer to the last one
/// is there. *Threads:* one virtual thread runs it; interrupting that closes the connection.
///
/// Its reads have no timeout of their own, which would cost a timer for each request beside what is
/// measured: whoever runs it interrupts it when a round lasts too long.
final class BatchClient implements Callable<BatchClient.Sent> {
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String LENGTH = "content-length:";
    private static final String GOOD = "HTTP/1.1 200";

    private final int port;
    private final byte[] request;
    private final BooleanSupplier goOn;
    private final byte[] buffer = new byte[64 * 1024];
    private int filled;

    BatchClient(int port, byte[] request, BooleanSupplier goOn) {
        this.port = port;
        this.request = request;
        this.goOn = goOn;
    }

    /// What a client did.
    ///
    /// @param requests answered
    /// @param refused of them not with 200
    record Sent(long requests, long refused) {}

    @Override
    public Sent call() throws IOException {
        long requests = 0;
        long refused = 0;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            while (goOn.getAsBoolean()) {
                socket.getOutputStream().write(request);
                requests++;
                refused += answeredWell(socket.getInputStream()) ? 0 : 1;
            }
        }
        return new Sent(requests, refused);
    }

    /// Reads one answer to its end.
    private boolean answeredWell(InputStream in) throws IOException {
        filled = 0;
        int head = -1;
        while (head < 0) {
            read(in);
            head = endOfHead();
        }
        String text = new String(buffer, 0, head, StandardCharsets.US_ASCII);
        int length = length(text);
        while (filled < head + END_OF_HEAD.length + length) {
            read(in);
        }
        return text.startsWith(GOOD);
    }

    private void read(InputStream in) throws IOException {
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read <= 0) {
            throw new IOException("the server closed the connection, or its answer is too long");
        }
        filled += read;
    }

    private int endOfHead() {
        for (int i = 0; i + END_OF_HEAD.length <= filled; i++) {
            if (Arrays.equals(buffer, i, i + END_OF_HEAD.length, END_OF_HEAD, 0, 4)) {
                return i;
            }
        }
        return -1;
    }

    private static int length(String head) throws IOException {
        String lower = head.toLowerCase(Locale.ROOT);
        int at = lower.indexOf(LENGTH);
        if (at < 0) {
            throw new IOException("an answer without a length");
        }
        int end = lower.indexOf('\r', at);
        return Integer.parseInt(
                lower.substring(at + LENGTH.length(), end < 0 ? lower.length() : end).strip());
    }
}
