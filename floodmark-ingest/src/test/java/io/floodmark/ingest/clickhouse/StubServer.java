package io.floodmark.ingest.clickhouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// A stub that answers each request with bytes that a test gives, as ClickHouse or a proxy before
/// it might in bad moments. It stores nothing: it shows what we make of an answer, and nothing of
/// what ClickHouse does.
final class StubServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Function<String, String> answers;

    /// The request lines, in their order.
    final List<String> requests = new CopyOnWriteArrayList<>();

    private StubServer(Function<String, String> answers) throws IOException {
        this.socket = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        this.answers = answers;
    }

    /// Starts one that gives for each request line these bytes, after which it hangs up.
    static StubServer answering(Function<String, String> answers) throws IOException {
        StubServer server = new StubServer(answers);
        Thread.ofVirtual().start(server::serve);
        return server;
    }

    ClickHouseAddress address() {
        URI url = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        return new ClickHouseAddress(url, "u", "p", "d");
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                answer(client);
            } catch (IOException e) {
                // The client gave up, or the test is over.
            }
        }
    }

    private void answer(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        String request = line(in);
        int length = 0;
        String header = line(in);
        while (!header.isEmpty()) {
            if (header.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
            }
            header = line(in);
        }
        in.skipNBytes(length);
        requests.add(request);
        OutputStream out = client.getOutputStream();
        out.write(answers.apply(request).getBytes(StandardCharsets.UTF_8));
        out.flush();
        if (answers.apply(request).contains("X-Hang: yes")) {
            // Until the client gives up.
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        while (next >= 0 && next != '\n') {
            if (next != '\r') {
                line.append((char) next);
            }
            next = in.read();
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
