package io.floodmark.load.ingest;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One connection over which requests go one after the other (HTTP/1.1, blocking).
///
/// It costs a fraction of the JDK's client, measured by `bench/ingest-http --client`, and leaves
/// the processor to the service.
///
/// *Threads.* One; [#abort] any.
final class HttpLink implements AutoCloseable {

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int LINE_MAX = 16 * 1024;
    private static final int HEADERS_MAX = 200;

    /// Longest body of an answer that is read.
    private static final int BODY_MAX = 64 << 20;

    private static final int NO_CONTENT = 204;
    private static final int FINAL_FROM = 200;

    private final Socket plain;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final Bytes line = new Bytes(256);
    private final Bytes body = new Bytes(4 * 1024);
    private int at;
    private int filled;
    private boolean answering;

    private HttpLink(Socket plain, Socket socket) throws IOException {
        this.plain = plain;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /// Connects.
    ///
    /// @param timeoutMillis longest wait for the connection, and for each piece of an answer
    static HttpLink open(Endpoint endpoint, int timeoutMillis) throws IOException {
        Socket plain = endpoint.connect(timeoutMillis);
        try {
            return new HttpLink(plain, endpoint.secured(plain));
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /// Longest wait for each piece of an answer.
    void timeout(int millis) throws IOException {
        plain.setSoTimeout(millis);
    }

    /// Sends a part of a request.
    void send(byte[] from, int offset, int count) throws IOException {
        answering = false;
        out.write(from, offset, count);
    }

    /// Whether the answer to the last request has begun.
    boolean answering() {
        return answering;
    }

    /// Waits for the answer.
    HttpAnswer receive() throws IOException {
        int status = status();
        Headers headers = headers();
        while (status < FINAL_FROM) {
            status = status();
            headers = headers();
        }
        body.clear();
        if (headers.chunked) {
            chunks();
        } else if (headers.length > 0) {
            copy(headers.length);
        } else if (headers.length < 0 && status != NO_CONTENT) {
            rest();
            headers.keepAlive = false;
        }
        return new HttpAnswer(status, body, headers.keepAlive);
    }

    private static final class Headers {
        private long length = -1;
        private boolean chunked;
        private boolean keepAlive = true;
    }

    private int status() throws IOException {
        String text = line();
        if (!text.startsWith("HTTP/1.") || text.length() < 12) {
            throw new ProtocolException("the answer does not begin as one of HTTP/1.1 does");
        }
        try {
            return Integer.parseInt(text.substring(9, 12));
        } catch (NumberFormatException _) {
            throw new ProtocolException("the answer has no status");
        }
    }

    private Headers headers() throws IOException {
        Headers headers = new Headers();
        for (int count = 0; count < HEADERS_MAX; count++) {
            String text = line();
            if (text.isEmpty()) {
                return headers;
            }
            header(text.toLowerCase(Locale.ROOT), headers);
        }
        throw new ProtocolException("the answer has more than %d headers".formatted(HEADERS_MAX));
    }

    private static void header(String text, Headers headers) throws IOException {
        if (text.startsWith("content-length:")) {
            headers.length = number(text.substring(15).strip(), 10);
        } else if (text.startsWith("transfer-encoding:")) {
            headers.chunked = text.contains("chunked");
        } else if (text.startsWith("connection:") && text.contains("close")) {
            headers.keepAlive = false;
        }
    }

    private static long number(String text, int radix) throws IOException {
        try {
            long number = Long.parseLong(text, radix);
            if (number >= 0 && number <= BODY_MAX) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Told below.
        }
        throw new ProtocolException("the answer's length is none, or above 64 MiB");
    }

    private void chunks() throws IOException {
        while (true) {
            String size = line();
            int end = size.indexOf(';');
            long length = number(end < 0 ? size.strip() : size.substring(0, end).strip(), 16);
            if (length == 0) {
                headers();
                return;
            }
            copy(length);
            line();
        }
    }

    private void copy(long count) throws IOException {
        long left = count;
        while (left > 0) {
            fill();
            int some = (int) Math.min(left, filled - at);
            body.write(buffer, at, some);
            requireBounded();
            at += some;
            left -= some;
        }
    }

    private void rest() throws IOException {
        try {
            while (true) {
                fill();
                body.write(buffer, at, filled - at);
                requireBounded();
                at = filled;
            }
        } catch (EOFException _) {
            // The end of the connection is the end of the body.
        }
    }

    private void requireBounded() throws IOException {
        if (body.length() > BODY_MAX) {
            throw new ProtocolException("the answer is longer than 64 MiB");
        }
    }

    private String line() throws IOException {
        line.clear();
        while (line.length() < LINE_MAX) {
            fill();
            byte next = buffer[at++];
            if (next == '\n') {
                int length = line.length();
                boolean carriage = length > 0 && line.array()[length - 1] == '\r';
                return new String(
                        line.array(), 0, carriage ? length - 1 : length, StandardCharsets.US_ASCII);
            }
            line.put(next);
        }
        throw new ProtocolException("the answer has a line of more than 16 KiB");
    }

    private void fill() throws IOException {
        if (at < filled) {
            return;
        }
        int count = in.read(buffer, 0, buffer.length);
        if (count <= 0) {
            throw new EOFException("the service closed the connection");
        }
        answering = true;
        at = 0;
        filled = count;
    }

    /// Breaks the connection off, so that whoever waits on it comes back.
    void abort() {
        try {
            plain.close();
        } catch (IOException _) {
            // It is of no use any more in any case.
        }
    }

    @Override
    public void close() {
        abort();
    }
}
